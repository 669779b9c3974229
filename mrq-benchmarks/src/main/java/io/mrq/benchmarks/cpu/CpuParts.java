package io.mrq.benchmarks.cpu;

import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
import io.mrq.benchmarks.row.Row;
import io.mrq.benchmarks.row.Setup;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** All benchmarks of this package, by JMH, each in a JVM of its own. */
public final class CpuParts implements Row {
  @Override
  public String id() {
    return "cpu";
  }

  @Override
  public String summary() {
    return "parts that are only CPU, by JMH: ids, values, documents, outcomes, updates in the store";
  }

  @Override
  public RowResult measure(Setup setup) {
    var options =
        new OptionsBuilder()
            .include(CpuParts.class.getPackageName() + ".*")
            .forks(1)
            .warmupIterations(setup.quick() ? 1 : 3)
            .measurementIterations(setup.quick() ? 1 : 5)
            .warmupTime(TimeValue.seconds(1))
            .measurementTime(TimeValue.seconds(1))
            .jvmArgs(setup.place().serviceFlags().toArray(String[]::new))
            .output(setup.place().log("jmh").toString())
            .shouldFailOnError(true)
            .build();
    Figures figures = new Figures();
    try {
      Collection<RunResult> results = new Runner(options).run();
      for (RunResult result : results) {
        String name = result.getParams().getBenchmark();
        Statistics statistics = result.getPrimaryResult().getStatistics();
        for (double value : values(statistics)) {
          figures.add(name.substring(CpuParts.class.getPackageName().length() + 1), "ns", value);
        }
      }
    } catch (RunnerException e) {
      throw new IllegalStateException(e);
    }
    return figures.row(id(), "average time of one operation, one thread");
  }

  private static double[] values(Statistics statistics) {
    double[] values = new double[(int) statistics.getN()];
    var data = statistics.getRawData();
    for (int i = 0; data.hasNext() && i < values.length; ) {
      var entry = data.next();
      for (long n = 0; n < entry.getValue(); n++) {
        values[i++] = entry.getKey();
      }
    }
    return values;
  }
}
