package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.report.Figures;
import io.mrq.benchmarks.report.RowResult;
import io.mrq.benchmarks.worker.BenchTasks;
import io.mrq.client.JobRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** How soon an idle worker begins a job, from the call of the client to the task's first line. */
final class PickUp implements Row {
  private static final int LONGEST_REST_MILLIS = 40;

  /** So many times as many jobs as are measured make compiled code of what each of them needs. */
  private static final int WARM_UP = 5;

  private static final int LEAST_REST_MILLIS = 10;

  @Override
  public String id() {
    return "pick-up";
  }

  @Override
  public String summary() {
    return "from the enqueue call to the first line of the task, with an idle worker";
  }

  @Override
  public RowResult measure(Setup setup) throws InterruptedException {
    int jobs = setup.jobs(1_000, 100);
    int warmUp = WARM_UP * jobs;
    Figures figures = new Figures();
    try (Stores stores = setup.stores();
        EnqueueingApplication application = new EnqueueingApplication(stores);
        Workers workers = setup.workers(stores, 1, setup.slots())) {
      long stored = 0;
      for (int round = 0; round <= setup.rounds(); round++) {
        int size = round == 0 ? warmUp : jobs;
        List<Long> micros = round(application, workers, size, round > 0);
        stored += size;
        awaitStored(workers, size);
        Delivery.check(application, workers, size, stored);
        if (round > 0) {
          figures.add("p50", "ms", micros.get(size / 2) / 1e3);
          figures.add("p90", "ms", micros.get(size * 9 / 10) / 1e3);
          figures.add("p99", "ms", micros.get(size * 99 / 100) / 1e3);
          figures.add("longest", "ms", micros.getLast() / 1e3);
        }
      }
    }
    figures.note(Delivery.NOTE);
    return figures.row(
        id(),
        "%,d jobs, one at a time, %d to %d ms after the one before; before that %,d without a rest"
            .formatted(jobs, LEAST_REST_MILLIS, LONGEST_REST_MILLIS, warmUp));
  }

  /** The outcome of a job is stored a little after the job was picked up. */
  private static void awaitStored(Workers workers, int jobs) throws InterruptedException {
    for (int tries = 0; workers.counts().stored() < jobs && tries < 100; tries++) {
      Thread.sleep(20);
    }
  }

  private static List<Long> round(
      EnqueueingApplication application, Workers workers, int jobs, boolean rests)
      throws InterruptedException {
    Random random = new Random(1);
    workers.reset(jobs);
    List<Long> micros = new ArrayList<>(jobs);
    for (int i = 0; i < jobs; i++) {
      if (rests) {
        Thread.sleep(random.nextInt(LEAST_REST_MILLIS, LONGEST_REST_MILLIS));
      }
      long sent = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
      var _ =
          application
              .client()
              .enqueue(
                  JobRequest.of(BenchTasks.PICK_UP)
                      .queue(Setup.QUEUE)
                      .param(BenchTasks.NUMBER, i)
                      .param(BenchTasks.SENT, sent));
      micros.add(workers.nextPickUp());
    }
    micros.sort(null);
    return micros;
  }
}
