package io.mrq.api.job;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.client.InvalidBatchException;
import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.job.JobId;
import io.mrq.store.NotStorableException;
import io.mrq.store.StoreRefusedException;
import io.mrq.store.StoreUnavailableException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues the jobs of one body, a line each. One thread reads lines while this one stores those
 * that have arrived, so that neither the memory nor a slow sender holds many of them, and a fast
 * sender is slowed down to the pace of the store.
 *
 * <p>Each job has its id before it is stored, so that a batch which cannot be stored as a whole is
 * tried again in parts without storing any job twice.
 */
final class JobLines {
  private static final String RETRY_SECONDS = "2";

  private final JobClient client;
  private final InstantSource clock;
  private final LineReport report;
  private final LineFeed feed;

  /** Jobs of the lines up to this one may be stored. */
  private long tried;

  /**
   * Begins with a body.
   *
   * @param report to which is added what becomes of each line
   * @param feed from which the lines come
   */
  JobLines(JobClient client, InstantSource clock, LineReport report, LineFeed feed) {
    this.client = client;
    this.clock = clock;
    this.report = report;
    this.feed = feed;
  }

  /**
   * Enqueues all lines.
   *
   * @param reader puts them into the feed
   * @throws ProblemException with the report when not all of the body could be dealt with
   */
  void enqueueAll(LineReader reader) {
    CompletableFuture<@Nullable Problem> reading =
        CompletableFuture.supplyAsync(reader::readAll, Thread::startVirtualThread);
    var _ = reading.whenComplete((_, _) -> feed.end());
    Problem stopped = null;
    RuntimeException cause = null;
    try {
      storeAll();
      stopped = outcome(reading);
    } catch (StoreUnavailableException away) {
      stopped = unavailable();
      cause = away;
    } catch (StoreRefusedException refused) {
      stopped = refused();
      cause = refused;
    } finally {
      feed.close();
      // The connection is used by one thread at a time: the answer waits for the reader.
      reading.exceptionally(_ -> null).join();
    }
    if (stopped != null) {
      throw new ProblemException(stopped.member("report", report.toMap()), cause);
    }
  }

  /** What the reader answers or throws: it asks the store, too, which tasks there are. */
  private static @Nullable Problem outcome(CompletableFuture<@Nullable Problem> reading) {
    try {
      return reading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : e;
    }
  }

  private void storeAll() {
    try {
      LineFeed.Batch batch = feed.take();
      while (batch != null) {
        tried = batch.last();
        store(batch.lines());
        report.upTo(batch.last());
        batch = feed.take();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for lines", null);
    }
  }

  private void store(List<ReadLine> lines) {
    List<ReadLine.Asked> asked = new ArrayList<>();
    for (ReadLine line : lines) {
      switch (line) {
        case ReadLine.Asked job -> asked.add(job);
        case ReadLine.Refused refused -> report.refused(refused);
      }
    }
    storeJobs(asked);
  }

  private void storeJobs(List<ReadLine.Asked> asked) {
    if (asked.isEmpty()) {
      return;
    }
    if (report.dryRun()) {
      valid(asked).forEach(line -> report.enqueued(line.number(), line.id()));
      return;
    }
    Map<JobId, JobRequest> jobs = new LinkedHashMap<>();
    asked.forEach(line -> jobs.put(line.id(), line.request()));
    try {
      client.enqueueUnder(jobs, clock.instant());
    } catch (InvalidBatchException _) {
      List<ReadLine.Asked> valid = valid(asked);
      if (valid.size() < asked.size()) {
        storeJobs(valid);
      }
      return;
    } catch (NotStorableException _) {
      storeInHalves(asked);
      return;
    }
    asked.forEach(line -> report.enqueued(line.number(), line.id()));
  }

  /** The lines whose requests the client accepts; the others are reported. */
  private List<ReadLine.Asked> valid(List<ReadLine.Asked> asked) {
    List<ReadLine.Asked> valid = new ArrayList<>();
    for (ReadLine.Asked line : asked) {
      try {
        client.check(List.of(line.request()));
        valid.add(line);
      } catch (InvalidBatchException bad) {
        report.refused(
            new ReadLine.Refused(line.number(), bad.reason().field(), bad.reason().complaint()));
      }
    }
    return valid;
  }

  /** One of them can never be stored; the store does not tell which. */
  private void storeInHalves(List<ReadLine.Asked> asked) {
    if (asked.size() == 1) {
      report.refused(
          new ReadLine.Refused(
              asked.getFirst().number(),
              null,
              "MongoDB cannot store this job; make its params smaller or simpler."));
      return;
    }
    int half = asked.size() / 2;
    storeJobs(asked.subList(0, half));
    storeJobs(asked.subList(half, asked.size()));
  }

  private Problem unavailable() {
    return Problem.of(
            ProblemType.STORE_UNAVAILABLE,
            "MongoDB does not answer. %s With an Idempotency-Key it is safe to send the whole body again."
                .formatted(known()))
        .header("Retry-After", RETRY_SECONDS);
  }

  private Problem refused() {
    return Problem.of(
        ProblemType.INTERNAL_ERROR,
        "MongoDB refused to store jobs, and would refuse it again. The log of the API service has its message. "
            + known());
  }

  private String known() {
    return "Every line up to %d is dealt with; jobs of the next lines, up to %d, may be stored; no later line is."
        .formatted(report.lines(), tried);
  }
}
