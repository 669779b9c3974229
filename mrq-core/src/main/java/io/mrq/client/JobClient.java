package io.mrq.client;

import io.mrq.dispatch.BatchSender;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.TraceContext;
import io.mrq.key.IdempotencyKey;
import io.mrq.key.JobKeys;
import io.mrq.key.KeyReusedException;
import io.mrq.query.JobQueries;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.TaskCatalog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues jobs. When a method returns, the job is stored: it will be run, whatever dies
 * afterwards. Waits for the job store only; the dispatch index is told afterwards, and may be away.
 *
 * <p>A job that is enqueued by a running job keeps that one's id as its {@code parent}.
 *
 * <p>Methods throw {@link InvalidJobException} for a bad field, and {@link
 * StoreUnavailableException} when the store does not answer: then the job may or may not be stored.
 */
public final class JobClient {
  private static final Logger log = LoggerFactory.getLogger(JobClient.class);
  private static final Duration KEY_LIFE = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int BATCH = 1000;
  private static final int MAX_NOTES = 20_000;

  private final JobStore store;
  private final JobQueries queries;
  private final JobKeys keys;
  private final JobDispatcher dispatcher;
  private final EnqueueEvents events;
  private final SendTracing tracing;
  private final InstantSource clock;
  private final JobDrafting drafting;
  private final InsertGroup group;
  private final BatchSender<KeyedJob> notes;

  /** Wires a client that traces nothing. */
  public JobClient(
      JobStore store,
      JobQueries queries,
      JobKeys keys,
      JobDispatcher dispatcher,
      TaskCatalog tasks,
      EnqueueEvents events,
      InstantSource clock) {
    this(store, queries, keys, dispatcher, tasks, events, SendTracing.NONE, clock);
  }

  /**
   * Wires a client.
   *
   * @param tasks gives a job without a queue the queue of its task; may know none
   */
  public JobClient(
      JobStore store,
      JobQueries queries,
      JobKeys keys,
      JobDispatcher dispatcher,
      TaskCatalog tasks,
      EnqueueEvents events,
      SendTracing tracing,
      InstantSource clock) {
    this(store, queries, keys, dispatcher, tasks, events, tracing, clock, Runnable::run);
  }

  /**
   * Wires a client.
   *
   * @param background runs what no caller waits for, such as {@code Thread::startVirtualThread}
   */
  public JobClient(
      JobStore store,
      JobQueries queries,
      JobKeys keys,
      JobDispatcher dispatcher,
      TaskCatalog tasks,
      EnqueueEvents events,
      SendTracing tracing,
      InstantSource clock,
      Executor background) {
    this.store = store;
    this.queries = queries;
    this.keys = keys;
    this.dispatcher = dispatcher;
    this.events = EnqueueEvents.all(List.of(events));
    this.tracing = new GuardedSendTracing(tracing);
    this.clock = clock;
    this.drafting = new JobDrafting(tasks);
    this.group = new InsertGroup(store);
    this.notes = new BatchSender<>(background, MAX_NOTES, this::note);
  }

  /** Enqueues one job. */
  public Enqueued enqueue(JobRequest request) {
    NewJob job = drafting.draft(request, clock.instant());
    send(List.of(job), this::insertOne);
    return new Enqueued(job.id(), job.status(), true);
  }

  /**
   * Enqueues many jobs, in order. All requests are checked before the first one is stored. Up to
   * 1,000 are all stored or none; more are stored in pieces of 1,000.
   *
   * @return the ids in the order of the requests
   * @throws InvalidBatchException naming the first bad element
   * @throws PartlyEnqueuedException when a later piece could not be stored; it tells what is
   */
  public List<JobId> enqueueAll(List<JobRequest> requests) {
    List<NewJob> jobs = drafts(requests);
    for (int from = 0; from < jobs.size(); from += BATCH) {
      List<NewJob> piece = jobs.subList(from, Math.min(jobs.size(), from + BATCH));
      try {
        send(piece, this::insertAllOrNone);
      } catch (RuntimeException e) {
        throw from == 0 ? e : partly(jobs, from, e);
      }
    }
    return jobs.stream().map(NewJob::id).toList();
  }

  /**
   * Checks requests as {@link #enqueueAll} does, and stores nothing.
   *
   * @throws InvalidBatchException naming the first bad element
   */
  public void check(List<JobRequest> requests) {
    drafts(requests);
  }

  /**
   * Enqueues one job once for a key: the same request again answers with the job of the first one,
   * even if its caller died half way. A key is kept for a day from when its job may run, whether or
   * not the job itself is kept as long.
   *
   * @throws KeyReusedException when the key was used for another request
   */
  public Enqueued enqueueOnce(JobRequest request, IdempotencyKey key) {
    Instant now = clock.instant();
    NewJob job = drafting.draft(request, now);
    Instant due = Objects.requireNonNullElse(job.dateretry(), now);
    KeyedJob own = new KeyedJob(key.stored(), job);
    Supplier<JobKeys.Holder> take =
        () -> keys.take(own.key(), job.id(), key.body(), now, due.plus(KEY_LIFE));
    JobKeys.Holder holder = take.get();
    if (!holder.body().equals(key.body())) {
      throw new KeyReusedException(holder.job());
    }
    if (holder.job().equals(job.id())) {
      return store(own, true);
    }
    return enqueuedBefore(own.of(holder.job()), holder, take);
  }

  /**
   * Waits up to a second until it is noted of all keys that their jobs are stored. To be called
   * before the store's connections are closed.
   */
  public void flush() {
    notes.flush(PATIENCE);
  }

  private List<NewJob> drafts(List<JobRequest> requests) {
    Instant now = clock.instant();
    List<NewJob> jobs = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      try {
        jobs.add(drafting.draft(requests.get(i), now));
      } catch (InvalidJobException e) {
        throw new InvalidBatchException(i, e);
      }
    }
    return jobs;
  }

  private Enqueued enqueuedBefore(
      KeyedJob first, JobKeys.Holder holder, Supplier<JobKeys.Holder> take) {
    Optional<JobStatus> status = queries.find(first.id()).map(found -> found.status());
    if (status.isPresent()) {
      if (!holder.stored()) {
        notes.add(List.of(first));
      }
      events.deduplicated(first.job());
      return new Enqueued(first.id(), status.get(), false);
    }
    // The note may have come between the two questions, or while the job lived.
    if (holder.stored() || take.get().stored()) {
      events.deduplicated(first.job());
      return new Enqueued(first.id(), null, false);
    }
    // The first caller took the key and died before its insert; the promise is kept for it here.
    return store(first, false);
  }

  private Enqueued store(KeyedJob keyed, boolean created) {
    send(List.of(keyed.job()), this::insertOne);
    notes.add(List.of(keyed));
    return new Enqueued(keyed.id(), keyed.job().status(), created);
  }

  private void note(List<KeyedJob> stored) {
    Map<String, JobId> jobs = new LinkedHashMap<>();
    stored.forEach(keyed -> jobs.put(keyed.key(), keyed.id()));
    try {
      keys.stored(jobs);
    } catch (StoreUnavailableException e) {
      log.debug(
          "{} keys without the note that their jobs are stored: {}", jobs.size(), e.getMessage());
    }
  }

  private void send(List<NewJob> drafts, Consumer<List<NewJob>> insert) {
    try (SendTracing.Sending sending = tracing.begin(drafts)) {
      TraceContext context = sending.context();
      List<NewJob> jobs = drafts.stream().map(job -> job.withTrace(context)).toList();
      try {
        insert.accept(jobs);
      } catch (RuntimeException e) {
        sending.failed(e);
        throw e;
      }
      announce(jobs);
    }
  }

  private void insertOne(List<NewJob> jobs) {
    group.insert(jobs.getFirst());
  }

  private void insertAllOrNone(List<NewJob> jobs) {
    try {
      store.insert(jobs);
    } catch (RuntimeException e) {
      withdraw(jobs, e);
      throw e;
    }
  }

  private static PartlyEnqueuedException partly(List<NewJob> jobs, int stored, RuntimeException e) {
    return new PartlyEnqueuedException(
        jobs.subList(0, stored).stream().map(NewJob::id).toList(), jobs.size(), e);
  }

  private void withdraw(List<NewJob> jobs, RuntimeException cause) {
    try {
      long withdrawn = store.withdraw(jobs.stream().map(NewJob::id).toList());
      log.debug("{} of {} jobs withdrawn after a failed insert", withdrawn, jobs.size());
    } catch (StoreUnavailableException e) {
      cause.addSuppressed(e);
    }
  }

  private void announce(Collection<NewJob> jobs) {
    jobs.forEach(events::enqueued);
    List<ReadyJob> ready =
        jobs.stream().filter(j -> j.status() == JobStatus.QUEUED).map(NewJob::ready).toList();
    dispatcher.offer(ready);
  }

  /**
   * A job and the key that stands for it.
   *
   * @param key as it is stored
   * @param job as it was or would be inserted
   */
  private record KeyedJob(String key, NewJob job) {
    JobId id() {
      return job.id();
    }

    KeyedJob of(JobId holder) {
      return new KeyedJob(key, job.withId(holder));
    }
  }
}
