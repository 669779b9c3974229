package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.EmbeddedStores;
import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.process.Workplace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line has chosen for all rows.
 *
 * @param quick whether rows take their short form
 * @param jobs the size of every row; null: each has its own
 * @param workers how many worker processes
 * @param slots of each worker
 * @param rounds how often a row repeats what it measures
 */
public record Setup(
    Workplace place, boolean quick, @Nullable Integer jobs, int workers, int slots, int rounds) {
  /** The queue of all jobs. */
  static final String QUEUE = "bench";

  /** How many jobs a row has. */
  int jobs(int full, int shortForm) {
    return jobs != null ? jobs : quick ? shortForm : full;
  }

  /** Stores with nothing in them. */
  Stores stores() {
    return EmbeddedStores.start(place);
  }

  /** The workers, ready. */
  Workers workers(Stores stores) {
    return workers(stores, workers, slots);
  }

  /** Some workers, ready. */
  Workers workers(Stores stores, int number, int slotsOfEach) {
    return Workers.start(
        place, stores, number, slotsOfEach, List.of("--mrq.worker.queues=" + QUEUE));
  }
}
