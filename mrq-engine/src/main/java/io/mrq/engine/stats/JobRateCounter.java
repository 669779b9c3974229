package io.mrq.engine.stats;

import io.mrq.client.EnqueueEvents;
import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.loop.Loop;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.JobRates;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what this process does with jobs, and adds the counts to the {@link JobRates} once a
 * second and when it is stopped. While the store is away, the counts of the last half hour are
 * kept.
 */
public final class JobRateCounter implements EnqueueEvents, WorkerEvents {
  private static final Logger log = LoggerFactory.getLogger(JobRateCounter.class);
  private static final Duration FLUSH_PERIOD = Duration.ofSeconds(1);
  private static final Duration MAX_AGE = Duration.ofMinutes(30);
  private static final int MAX_QUEUES = 200;

  private static final JobCounts ENQUEUED = new JobCounts(1, 0, 0, 0);
  private static final JobCounts SUCCEEDED = new JobCounts(0, 1, 0, 0);
  private static final JobCounts FAILED = new JobCounts(0, 0, 1, 0);
  private static final JobCounts RETRIED = new JobCounts(0, 0, 0, 1);

  private final JobRates rates;
  private final InstantSource clock;
  private @Nullable Loop loop;
  private final Set<String> queues = ConcurrentHashMap.newKeySet();
  private final ConcurrentHashMap<Span, JobCounts> counted = new ConcurrentHashMap<>();

  private record Span(Instant at, String queue) {}

  public JobRateCounter(JobRates rates, InstantSource clock) {
    this.rates = rates;
    this.clock = clock;
  }

  /** Starts to add counts, also after a stop; returns at once. Earlier counts are not lost. */
  public synchronized void start() {
    if (loop == null) {
      loop = new Loop("mrq-rates", this::step);
      loop.start();
    }
  }

  /** Adds the remaining counts and stops; stopping twice is fine. */
  public synchronized void stop() {
    if (loop != null) {
      loop.stop();
      loop = null;
    }
    try {
      flush();
    } catch (StoreUnavailableException e) {
      log.debug("the counts of the last second are lost: {}", e.getMessage());
    }
  }

  @Override
  public void enqueued(NewJob job) {
    count(job.queue(), ENQUEUED);
  }

  @Override
  public void deduplicated(NewJob job) {}

  @Override
  public void on(WorkerEvent event) {
    if (event instanceof WorkerEvent.Finished(Job job, JobStatus outcome, _)) {
      finished(job.queue(), outcome);
    }
  }

  private void finished(String queue, JobStatus outcome) {
    switch (outcome) {
      case SUCCESS -> count(queue, SUCCEEDED);
      case FAILED, TIMEOUT, MAXRETRIES, MAXCONCURRENCY, ABORT -> count(queue, FAILED);
      // A retry without delay is stored as queued.
      case RETRY, QUEUED -> count(queue, RETRIED);
      case STARTED, INTERRUPT, CANCEL -> {}
    }
  }

  private void count(String queue, JobCounts one) {
    String name =
        queues.contains(queue) || (queues.size() < MAX_QUEUES && queues.add(queue))
            ? queue
            : JobRates.OTHER;
    counted.merge(new Span(JobRates.periodOf(clock.instant()), name), one, JobCounts::plus);
  }

  private Duration step() {
    flush();
    return FLUSH_PERIOD;
  }

  private void flush() {
    List<JobRate> taken = taken();
    if (taken.isEmpty()) {
      return;
    }
    try {
      rates.add(taken);
    } catch (RuntimeException e) {
      giveBack(taken);
      throw e;
    }
  }

  private List<JobRate> taken() {
    List<JobRate> taken = new ArrayList<>();
    for (Span span : counted.keySet()) {
      JobCounts counts = counted.remove(span);
      if (counts != null) {
        taken.add(new JobRate(span.at(), span.queue(), counts));
      }
    }
    return taken;
  }

  private void giveBack(List<JobRate> taken) {
    Instant oldest = clock.instant().minus(MAX_AGE);
    for (JobRate rate : taken) {
      if (rate.at().isAfter(oldest)) {
        counted.merge(new Span(rate.at(), rate.queue()), rate.counts(), JobCounts::plus);
      }
    }
  }
}
