package io.mrq.benchmarks.peer;

import io.mrq.benchmarks.row.Setup;
import java.util.Map;

/** Another queue, which does the same as MRQ's rows. */
interface Peer {
  /** Its name and version, with those of its server. */
  String name();

  /** Why it cannot run here; empty when it can. */
  String missing();

  /**
   * Drains jobs with new processes and an empty server; answers {@code rate}, {@code warmRate},
   * {@code warmCpu} (µs a job), {@code seconds} and {@code serverMicros}.
   *
   * @param millis how long each job sleeps
   */
  Map<String, Double> drain(Setup setup, int jobs, int millis) throws InterruptedException;

  /** Enqueues; answers the rates {@code single}, {@code parallel} and {@code bulk}. */
  Map<String, Double> enqueue(Setup setup, int single, int parallel, int bulk)
      throws InterruptedException;

  /** Picks up jobs one at a time; answers {@code p50} and {@code p99} in milliseconds. */
  Map<String, Double> pickUp(Setup setup, int jobs) throws InterruptedException;
}
