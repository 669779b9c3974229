package io.mrq.benchmarks.row;

import io.mrq.benchmarks.process.AddressedStores;
import io.mrq.benchmarks.process.EmbeddedStores;
import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.process.Workers;
import io.mrq.benchmarks.process.Workplace;
import java.util.List;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * What the command line has chosen for all rows.
 *
 * @param sizes how much each row does
 * @param addresses of stores that run already; null: embedded ones are started
 */
public record Setup(Workplace place, Sizes sizes, @Nullable Addresses addresses) {
  /** The queue of all jobs. */
  static final String QUEUE = "bench";

  /**
   * How much each row does.
   *
   * @param quick whether rows take their short form
   * @param jobs the size of every row; null: each has its own
   * @param workers how many worker processes
   * @param slots of each worker
   * @param rounds how often a row repeats what it measures
   * @param minutes of the steady load
   */
  public record Sizes(
      boolean quick, @Nullable Integer jobs, int workers, int slots, int rounds, int minutes) {}

  /** Where stores run already. */
  public record Addresses(String mongo, String redis) {}

  /** Whether rows take their short form. */
  public boolean quick() {
    return sizes.quick();
  }

  /** How often a row repeats what it measures. */
  public int rounds() {
    return sizes.rounds();
  }

  /** The slots of each worker. */
  public int slots() {
    return sizes.slots();
  }

  int minutes() {
    return sizes.minutes();
  }

  /** The same with a single round. */
  public Setup once() {
    return new Setup(
        place, new Sizes(quick(), sizes.jobs(), sizes.workers(), slots(), 1, minutes()), addresses);
  }

  /** How many jobs a row has. */
  public int jobs(int full, int shortForm) {
    Integer given = sizes.jobs();
    return given != null ? given : quick() ? shortForm : full;
  }

  /** How many workers there are, for titles. */
  String workersText() {
    return sizes.workers() == 1
        ? "one worker process with %,d slots".formatted(slots())
        : "%d worker processes with %,d slots each".formatted(sizes.workers(), slots());
  }

  /** Stores with nothing in them. */
  Stores stores() {
    return addresses == null
        ? EmbeddedStores.start(place)
        : new AddressedStores(
            addresses.mongo(), addresses.redis(), "mrq_bench_" + new ObjectId().toHexString());
  }

  /** The workers, ready. */
  Workers workers(Stores stores) {
    return workers(stores, sizes.workers(), slots());
  }

  /** Some workers, ready. */
  Workers workers(Stores stores, int number, int slotsOfEach) {
    return Workers.start(
        place, stores, number, slotsOfEach, List.of("--mrq.worker.queues=" + QUEUE));
  }
}
