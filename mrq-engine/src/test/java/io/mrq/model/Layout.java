package io.mrq.model;

/** Cuts the row of bits of a {@link State} into fields. */
public final class Layout {
  private int used;

  /** A field that holds the numbers below 2^bits. */
  public Field field(int bits) {
    return fields(1, bits);
  }

  /** As many fields of one kind as there are jobs, workers or the like. */
  public Field fields(int count, int bits) {
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      if (used / Long.SIZE != (used + bits - 1) / Long.SIZE) {
        used = (used / Long.SIZE + 1) * Long.SIZE;
      }
      places[i] = used;
      used += bits;
    }
    return new Field(places, bits);
  }

  /**
   * A sorted bag of small numbers for each owner.
   *
   * @param size the most entries that a bag can hold
   * @param bits of an entry; an entry is never 0
   */
  public Bag bags(int owners, int size, int bits) {
    return new Bag(fields(owners * size, bits), size);
  }

  int words() {
    return used / Long.SIZE + 1;
  }
}
