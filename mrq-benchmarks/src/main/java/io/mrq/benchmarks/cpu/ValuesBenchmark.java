package io.mrq.benchmarks.cpu;

import io.mrq.job.JobValues;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The check of params and results. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ValuesBenchmark {
  private final Map<String, Object> small = Map.of("n", 1);
  private final Map<String, Object> invoice =
      Map.of(
          "customer",
          "c-17",
          "total",
          129.5,
          "paid",
          false,
          "lines",
          List.of(Map.of("article", "a-1", "count", 2), Map.of("article", "b-9", "count", 1)));

  /** One number. */
  @Benchmark
  public long small() {
    return JobValues.check(small, "params");
  }

  /** A dozen values, nested. */
  @Benchmark
  public long nested() {
    return JobValues.check(invoice, "params");
  }
}
