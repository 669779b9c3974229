package io.mrq.benchmarks.cpu;

import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.NewJob;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.mongo.job.EncodedCompletion;
import io.mrq.mongo.job.JobDocuments;
import io.mrq.store.PreparedCompletion;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a job is in MongoDB, written and read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DocumentBenchmark {
  private final NewJob newJob =
      NewJob.builder(JobId.next(), "billing.invoice", "default", Instant.now())
          .param("customer", "c-17")
          .param("total", 129.5)
          .build();
  private final RawBsonDocument document = JobDocuments.of(newJob);
  private final Job job = JobDocuments.job(document).orElseThrow();
  private final Claim claim = Claim.by(WorkerId.next());
  private final Completion success =
      Completion.of(job, claim, new JobOutcome.Succeeded("sent"), Retention.DEFAULT, Instant.now());

  /** A new job to its document. */
  @Benchmark
  public RawBsonDocument write() {
    return JobDocuments.of(newJob);
  }

  /** A document to a job, as after a claim. */
  @Benchmark
  public Optional<Job> read() {
    return JobDocuments.job(document);
  }

  /** A success to the write that stores it. */
  @Benchmark
  public PreparedCompletion complete() {
    return EncodedCompletion.of(success);
  }
}
