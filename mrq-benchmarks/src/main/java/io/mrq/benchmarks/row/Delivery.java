package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.worker.RunCounts;
import org.bson.Document;

/** Checks that every job ran exactly once and is stored as a success. */
final class Delivery {
  static final String NOTE =
      "Checked: each job ran exactly once, and its document says success at the first attempt.";

  private Delivery() {}

  /**
   * Checks the jobs of one drain.
   *
   * @param jobs that were drained
   * @param stored how many the queue holds by now, with those of earlier drains
   */
  static void check(EnqueueingApplication application, Workers workers, int jobs, long stored) {
    RunCounts counts = workers.counts();
    require("runs", counts.began(), jobs);
    require("stored outcomes", counts.stored(), jobs);
    require("jobs that ran", workers.distinct(), jobs);
    checkDocuments(application, stored);
  }

  private static void checkDocuments(EnqueueingApplication application, long stored) {
    Document all = new Document("queue", Setup.QUEUE);
    Document good = new Document("queue", Setup.QUEUE).append("status", "success");
    Document first = new Document(good).append("attempt", 1);
    require("documents", application.jobs().countDocuments(all), stored);
    require("successes", application.jobs().countDocuments(good), stored);
    require("successes at the first attempt", application.jobs().countDocuments(first), stored);
  }

  private static void require(String what, long found, long wanted) {
    if (found != wanted) {
      throw new IllegalStateException(
          "not every job was delivered exactly once: %,d %s instead of %,d"
              .formatted(found, what, wanted));
    }
  }
}
