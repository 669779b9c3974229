package io.mrq.client;

import io.mrq.dispatch.BatchSender;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.key.IdempotencyKey;
import io.mrq.key.JobKeys;
import io.mrq.key.KeyReusedException;
import io.mrq.query.JobQueries;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enqueues a job once for an idempotency key. The key is taken first, then the job is stored under
 * the id that the key stands for, and last it is noted of the key that its job is stored.
 */
final class KeyedEnqueuer {
  private static final Logger log = LoggerFactory.getLogger(KeyedEnqueuer.class);
  private static final Duration KEY_LIFE = Duration.ofDays(1);
  private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(1);
  private static final int MAX_WAITING_NOTES = 20_000;

  private final JobKeys keys;
  private final JobQueries queries;
  private final JobSender sender;
  private final EnqueueEvents events;
  private final BatchSender<KeyedJob> notes;

  KeyedEnqueuer(
      JobKeys keys,
      JobQueries queries,
      JobSender sender,
      EnqueueEvents events,
      Executor background) {
    this.keys = keys;
    this.queries = queries;
    this.sender = sender;
    this.events = events;
    this.notes = new BatchSender<>(background, MAX_WAITING_NOTES, this::note);
  }

  Enqueued enqueue(NewJob job, IdempotencyKey key, Instant now) {
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

  /** The id that a key stands for, which is no job's. */
  JobId root(IdempotencyKey key, Instant now) {
    JobKeys.Holder holder =
        keys.take(key.stored(), JobId.next(), key.body(), now, now.plus(KEY_LIFE));
    if (!holder.body().equals(key.body())) {
      throw new KeyReusedException(holder.job());
    }
    return holder.job();
  }

  void flush() {
    notes.flush(FLUSH_TIMEOUT);
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
    sender.send(keyed.job());
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
