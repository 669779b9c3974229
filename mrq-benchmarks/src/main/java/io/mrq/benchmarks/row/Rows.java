package io.mrq.benchmarks.row;

import java.util.List;
import java.util.Optional;

/** All rows, in the order in which they are measured. */
public final class Rows {
  private Rows() {}

  /** The row with this id. */
  public static Optional<Row> of(String id) {
    return all().stream().filter(row -> row.id().equals(id)).findFirst();
  }

  public static List<Row> all() {
    return List.of(
        new ShortDrain(),
        new LongDrain(),
        new Backlog(),
        new SingleEnqueue(),
        new BulkEnqueue(),
        new HttpEnqueue(),
        new PickUp(),
        new Sleeping("sleep-50ms", 2_000, 50, 100),
        new Sleeping("sleep-1s", 10_000, 1_000, 10_000),
        new IdleWorker(),
        new IdleStandalone(),
        new SteadyStandalone());
  }
}
