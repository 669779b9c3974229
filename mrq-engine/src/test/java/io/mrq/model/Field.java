package io.mrq.model;

/** Numbers of one kind in a {@link State}: one, or one for each job, worker or the like. */
public final class Field {
  private final int[] places;
  private final int mask;

  Field(int[] places, int bits) {
    this.places = places;
    this.mask = (1 << bits) - 1;
  }

  /** The only number of this kind. */
  public int of(State state) {
    return of(state, 0);
  }

  /** The number of the i-th job, worker or the like. */
  public int of(State state, int i) {
    int place = places[i];
    return (int) (state.words[place >> 6] >>> place) & mask;
  }

  /** Whether the i-th number is not 0. */
  public boolean isSet(State state, int i) {
    return of(state, i) != 0;
  }

  /** Changes the only number of this kind. */
  public void set(State state, int value) {
    set(state, 0, value);
  }

  /** Changes the i-th number. A number that does not fit would be a fault of the model. */
  public void set(State state, int i, int value) {
    if ((value & mask) != value) {
      throw new IllegalArgumentException(value + " does not fit into a field of mask " + mask);
    }
    int place = places[i];
    long others = state.words[place >> 6] & ~((long) mask << place);
    state.words[place >> 6] = others | (long) value << place;
  }

  /** Adds to the i-th number. */
  public void add(State state, int i, int amount) {
    set(state, i, of(state, i) + amount);
  }

  int size() {
    return places.length;
  }
}
