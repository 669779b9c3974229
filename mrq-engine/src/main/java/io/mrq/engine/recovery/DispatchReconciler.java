package io.mrq.engine.recovery;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.engine.maintenance.IndependentSteps;
import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.engine.maintenance.MaintenanceEvent;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.recovery.RecoveryStore;
import io.mrq.recovery.RecoveryStore.QueueHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Offers jobs that the store has queued and the dispatch index lacks: after a flush of the index,
 * after a crash between insert and offer, and when Python has enqueued. Each pass begins at the
 * head of every queue and not where the last one ended, or a job that is written late would be
 * missed for ever.
 */
public final class DispatchReconciler implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** How long to wait before asking again whether an index that was away is back. */
  private static final Duration WHILE_AWAY = Duration.ofMillis(500);

  /** The jobs at the head of a queue that every pass looks at. */
  private static final int HEAD = 1000;

  /** The most ids in one call of the index. */
  private static final int CALL_LIMIT = 1000;

  /** The most jobs in one read of the store while a queue is refilled. */
  private static final int PAGE = 5000;

  /** A queue is refilled only while fewer ids than this are ready in it. */
  private static final int ENOUGH_READY = 25_000;

  /** The most jobs of one queue that one pass reads while it refills. */
  private static final int REFILL_LIMIT = 50_000;

  /** So many absent ids at the head mean that the index was lost: the refill begins anew. */
  private static final int LOST_INDEX = 500;

  private final RecoveryStore store;
  private final DispatchIndex index;
  private final MaintenanceEvents events;
  private final Map<String, ReadyJob> places = new HashMap<>();

  public DispatchReconciler(RecoveryStore store, DispatchIndex index, MaintenanceEvents events) {
    this.store = store;
    this.index = index;
    this.events = events;
  }

  @Override
  public String name() {
    return "dispatch";
  }

  @Override
  public Duration pass() {
    if (!index.isAvailable()) {
      // Workers poll the store meanwhile, so there is nothing to repair until it is back. The index
      // itself finds out when that is.
      return WHILE_AWAY;
    }
    Set<String> queues = store.queuesWithJobs();
    places.keySet().retainAll(queues);
    AtomicBoolean full = new AtomicBoolean();
    try {
      IndependentSteps.each(
          queues,
          queue -> {
            if (reconcile(queue)) {
              full.set(true);
            }
          });
    } catch (DispatchUnavailableException e) {
      return PERIOD;
    }
    double jitter = 0.8 + 0.4 * ThreadLocalRandom.current().nextDouble();
    return full.get() ? Duration.ZERO : Duration.ofMillis((long) (PERIOD.toMillis() * jitter));
  }

  /** Does one queue; answers whether a limit was reached, so that there is more to do. */
  private boolean reconcile(String queue) {
    boolean full = store.adopt(queue, HEAD) >= HEAD;
    QueueHead read = store.head(queue, HEAD);
    List<ReadyJob> head = read.jobs();
    if (head.isEmpty()) {
      places.remove(queue);
      return full;
    }
    int absent = offerAbsent(queue, head);
    dropDead(queue, head.getFirst());
    if (!read.outOfPlace().isEmpty()) {
      store.reorder(read.outOfPlace());
      // Ids that are ready get their new order in the index, too; no worker needs to wake up.
      index.offer(queue, read.outOfPlace(), 0);
    }
    ReadyJob place = places.get(queue);
    if (place == null || absent >= LOST_INDEX) {
      place = head.getLast();
    }
    return refill(queue, place, head.size() < HEAD) || full;
  }

  /**
   * Drops ids before the first queued job. Their jobs were taken from the store without the index,
   * as Python's workers do; in a queue that no worker of ours serves the ids would stay for ever.
   */
  private void dropDead(String queue, ReadyJob first) {
    List<JobId> before = index.firstBelow(queue, first.order(), CALL_LIMIT);
    if (before.isEmpty()) {
      return;
    }
    Set<JobId> queued = store.stillQueued(before);
    List<JobId> dead = before.stream().filter(id -> !queued.contains(id)).toList();
    if (!dead.isEmpty()) {
      index.drop(queue, dead);
    }
  }

  /** Offers page after page, from the place where the last pass ended, until enough are ready. */
  private boolean refill(String queue, ReadyJob from, boolean headWasAll) {
    ReadyJob place = from;
    int read = 0;
    boolean end = headWasAll;
    while (!end && read < REFILL_LIMIT && index.below(queue, place.order()) < ENOUGH_READY) {
      List<ReadyJob> page = store.inOrder(queue, place, PAGE);
      offerAbsent(queue, page);
      read += page.size();
      end = page.size() < PAGE;
      if (!page.isEmpty()) {
        place = page.getLast();
      }
    }
    places.put(queue, place);
    return read >= REFILL_LIMIT;
  }

  private int offerAbsent(String queue, List<ReadyJob> jobs) {
    int absent = 0;
    for (int from = 0; from < jobs.size(); from += CALL_LIMIT) {
      absent += offerSome(queue, jobs.subList(from, Math.min(jobs.size(), from + CALL_LIMIT)));
    }
    return absent;
  }

  private int offerSome(String queue, List<ReadyJob> some) {
    Set<JobId> missing = index.missing(queue, some.stream().map(ReadyJob::id).toList()).absent();
    if (missing.isEmpty()) {
      return 0;
    }
    // Most of these were claimed since the read; only what is still queued is offered.
    Set<JobId> queued = store.stillQueued(missing);
    List<ReadyJob> offered = new ArrayList<>();
    for (ReadyJob job : some) {
      if (queued.contains(job.id())) {
        offered.add(job);
      }
    }
    if (!offered.isEmpty()) {
      index.offer(queue, offered, offered.size());
      events.on(new MaintenanceEvent.Reoffered(offered.size()));
    }
    return offered.size();
  }
}
