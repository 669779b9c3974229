package io.mrq.benchmarks.row;

import java.util.List;

/** All rows, in the order in which they are measured. */
public final class Rows {
  private Rows() {}

  public static List<Row> all() {
    return List.of(new LongDrain(), new SingleEnqueue(), new PickUp());
  }
}
