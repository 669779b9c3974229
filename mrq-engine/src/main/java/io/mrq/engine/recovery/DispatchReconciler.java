package io.mrq.engine.recovery;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.engine.maintenance.IndependentSteps;
import io.mrq.engine.maintenance.MaintenanceDuty;
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
 * Offers what the store has queued and the dispatch index lacks: after a flush, after a crash
 * between insert and offer, and for what Python enqueued. It always begins at the head of a queue,
 * never "since the last pass": a late writer would be missed for ever.
 */
public final class DispatchReconciler implements MaintenanceDuty {
  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final int HEAD = 1000;
  private static final int PIECE = 1000;
  private static final int PAGE = 5000;
  private static final int ENOUGH_READY = 25_000;
  private static final int MOST_A_PASS = 50_000;
  private static final int MANY_ABSENT = 500;

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
      // Nothing to repair while it is away; workers poll the store. One cheap call tells when it is
      // back.
      return probe();
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

  private Duration probe() {
    try {
      index.missing("default", List.of(JobId.next()));
      return Duration.ZERO;
    } catch (DispatchUnavailableException e) {
      return PERIOD.dividedBy(2);
    }
  }

  /** One pass over one queue; true when a bound was reached and there is more to do. */
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
      // Those that are ready get their new order there, too; nobody has to wake up for that.
      index.offer(queue, read.outOfPlace(), 0);
    }
    ReadyJob place = places.get(queue);
    if (place == null || absent >= MANY_ABSENT) {
      place = head.getLast();
    }
    return refill(queue, place, head.size() < HEAD) || full;
  }

  /**
   * Ids before the first queued job are of jobs that others took from the store, as Python's
   * workers do: where nobody of ours serves the queue they would stay for ever.
   */
  private void dropDead(String queue, ReadyJob first) {
    List<JobId> before = index.firstBelow(queue, first.order(), PIECE);
    if (before.isEmpty()) {
      return;
    }
    Set<JobId> queued = store.stillQueued(before);
    List<JobId> dead = before.stream().filter(id -> !queued.contains(id)).toList();
    if (!dead.isEmpty()) {
      index.drop(queue, dead);
    }
  }

  /** Walks on from the place while too few ids are ready before it. */
  private boolean refill(String queue, ReadyJob from, boolean headWasAll) {
    ReadyJob place = from;
    int read = 0;
    boolean end = headWasAll;
    while (!end && read < MOST_A_PASS && index.below(queue, place.order()) < ENOUGH_READY) {
      List<ReadyJob> page = store.inOrder(queue, place, PAGE);
      offerAbsent(queue, page);
      read += page.size();
      end = page.size() < PAGE;
      if (!page.isEmpty()) {
        place = page.getLast();
      }
    }
    places.put(queue, place);
    return read >= MOST_A_PASS;
  }

  private int offerAbsent(String queue, List<ReadyJob> jobs) {
    int absent = 0;
    for (int from = 0; from < jobs.size(); from += PIECE) {
      absent += offerPiece(queue, jobs.subList(from, Math.min(jobs.size(), from + PIECE)));
    }
    return absent;
  }

  private int offerPiece(String queue, List<ReadyJob> piece) {
    Set<JobId> missing = index.missing(queue, piece.stream().map(ReadyJob::id).toList()).absent();
    if (missing.isEmpty()) {
      return 0;
    }
    // Most of them were claimed meanwhile; only what is still queued is offered.
    Set<JobId> queued = store.stillQueued(missing);
    List<ReadyJob> offered = new ArrayList<>();
    for (ReadyJob job : piece) {
      if (queued.contains(job.id())) {
        offered.add(job);
      }
    }
    if (!offered.isEmpty()) {
      index.offer(queue, offered, offered.size());
      events.reoffered(offered.size());
    }
    return offered.size();
  }
}
