package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.ProcessUsage;
import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.worker.RunCounts;
import io.mrq.benchmarks.worker.SentCommands;
import java.util.ArrayList;
import java.util.List;

/**
 * What was seen while workers drained a queue.
 *
 * @param jobs how many there were
 * @param counts at the end
 * @param samples from before the first job until after the last
 * @param sent the commands of the workers
 */
record Drain(int jobs, RunCounts counts, List<Sample> samples, SentCommands sent) {
  private static final long SAMPLE_MILLIS = 25;
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  /**
   * A moment of the drain.
   *
   * @param stored how many outcomes were stored
   * @param atMicros when
   */
  record Sample(
      long stored, long atMicros, ProcessUsage workers, ProcessUsage mongo, ProcessUsage redis) {
    static Sample take(Workers workers, Stores stores) {
      RunCounts counts = workers.counts();
      return new Sample(
          counts.stored(),
          System.nanoTime() / 1_000,
          workers.usage(),
          stores.mongoUsage(),
          stores.redisUsage());
    }
  }

  /** Lets the workers begin, and returns when they have stored the outcome of every job. */
  static Drain of(int jobs, Workers workers, Stores stores, Runnable begin)
      throws InterruptedException {
    workers.reset(jobs);
    SentCommands before = workers.commands();
    List<Sample> samples = new ArrayList<>();
    samples.add(Sample.take(workers, stores));
    begin.run();
    long progress = System.nanoTime();
    while (samples.getLast().stored() < jobs) {
      Thread.sleep(SAMPLE_MILLIS);
      Sample sample = Sample.take(workers, stores);
      if (sample.stored() > samples.getLast().stored()) {
        progress = System.nanoTime();
      } else if (System.nanoTime() - progress > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "only %,d of %,d jobs have ended".formatted(sample.stored(), jobs));
      }
      workers.requireAlive();
      samples.add(sample);
    }
    return new Drain(jobs, workers.counts(), samples, workers.commands().since(before));
  }

  /** Jobs a second, from the first task that began to the last outcome that was stored. */
  double rate() {
    return jobs * 1e6 / (counts.lastStored() - counts.firstBegan());
  }

  /** The part of the drain between two numbers of stored outcomes. */
  Part part(long from, long to) {
    return new Part(first(from), first(to));
  }

  /** Everything. */
  Part whole() {
    return new Part(samples.getFirst(), samples.getLast());
  }

  private Sample first(long stored) {
    return samples.stream()
        .filter(s -> s.stored() >= stored)
        .findFirst()
        .orElseGet(samples::getLast);
  }

  /** What happened between two moments. */
  record Part(Sample from, Sample to) {
    private long jobs() {
      return Math.max(1, to.stored() - from.stored());
    }

    double rate() {
      return jobs() * 1e6 / Math.max(1, to.atMicros() - from.atMicros());
    }

    /** CPU µs of the workers for a job. */
    double workerCpu() {
      return 1.0 * (to.workers().cpuMicros() - from.workers().cpuMicros()) / jobs();
    }

    /** CPU µs of the store of the documents for a job. */
    double mongoCpu() {
      return 1.0 * (to.mongo().cpuMicros() - from.mongo().cpuMicros()) / jobs();
    }

    /** CPU µs of Redis for a job. */
    double redisCpu() {
      return 1.0 * (to.redis().cpuMicros() - from.redis().cpuMicros()) / jobs();
    }

    /** Bytes that both stores wrote to disk for a job. */
    double written() {
      return 1.0
          * (to.mongo().writtenBytes()
              - from.mongo().writtenBytes()
              + to.redis().writtenBytes()
              - from.redis().writtenBytes())
          / jobs();
    }
  }
}
