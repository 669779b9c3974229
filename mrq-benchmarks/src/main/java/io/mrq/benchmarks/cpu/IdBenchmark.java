package io.mrq.benchmarks.cpu;

import io.mrq.job.JobId;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Ids of jobs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IdBenchmark {
  private final String hex = JobId.next().hex();

  /** A new id. */
  @Benchmark
  public JobId next() {
    return JobId.next();
  }

  /** An id from its text, which is checked. */
  @Benchmark
  public JobId fromText() {
    return new JobId(hex);
  }
}
