package io.mrq.model;

/**
 * For each owner a bag of numbers that are not 0, kept sorted so that equal bags are equal bits.
 */
public final class Bag {
  private final Field entries;
  private final int limit;

  Bag(Field entries, int limit) {
    this.entries = entries;
    this.limit = limit;
  }

  /** How many entries the owner's bag holds. */
  public int size(State state, int owner) {
    int size = 0;
    while (size < limit && entries.isSet(state, owner * limit + size)) {
      size++;
    }
    return size;
  }

  /** The k-th smallest entry. */
  public int get(State state, int owner, int k) {
    return entries.of(state, owner * limit + k);
  }

  /** Whether an entry is in the bag. */
  public boolean contains(State state, int owner, int entry) {
    for (int k = size(state, owner) - 1; k >= 0; k--) {
      if (get(state, owner, k) == entry) {
        return true;
      }
    }
    return false;
  }

  /** Adds one entry, beside an equal one if there is one. */
  public void add(State state, int owner, int entry) {
    int k = size(state, owner);
    if (k == limit) {
      throw new IllegalStateException("A bag of this model holds at most " + limit);
    }
    for (; k > 0 && get(state, owner, k - 1) > entry; k--) {
      entries.set(state, owner * limit + k, get(state, owner, k - 1));
    }
    entries.set(state, owner * limit + k, entry);
  }

  /** Removes the k-th smallest entry. */
  public void removeAt(State state, int owner, int k) {
    int size = size(state, owner);
    for (int i = k; i < size; i++) {
      entries.set(state, owner * limit + i, i + 1 < limit ? get(state, owner, i + 1) : 0);
    }
  }

  /** Puts another entry in the place of the k-th smallest. */
  public void replaceAt(State state, int owner, int k, int entry) {
    removeAt(state, owner, k);
    add(state, owner, entry);
  }

  /** Empties the owner's bag. */
  public void clear(State state, int owner) {
    for (int k = 0; k < limit; k++) {
      entries.set(state, owner * limit + k, 0);
    }
  }
}
