package io.mrq.benchmarks.row;

import io.mrq.benchmarks.report.RowResult;

/** One line of what the bench measures. */
public interface Row {
  /** By which the command line names it. */
  String id();

  /** What it measures, in a line for the help. */
  String summary();

  /** Measures; throws when a job was lost, ran twice or failed. */
  RowResult measure(Setup setup) throws InterruptedException;
}
