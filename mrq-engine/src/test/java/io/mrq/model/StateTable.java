package io.mrq.model;

import java.util.Arrays;

/** All states reached so far, numbered from 0 in the order in which they were met. */
final class StateTable {
  private final int width;
  private long[] rows = new long[0];

  /** Open addressing: the upper half is of the row's hash, the lower half its number + 1. */
  private long[] slots = new long[1 << 12];

  private int size;

  StateTable(int width) {
    this.width = width;
  }

  int size() {
    return size;
  }

  void read(int number, State into) {
    System.arraycopy(rows, number * width, into.words, 0, width);
  }

  /** The number of a state: the next free one if the state is new. */
  int number(State state) {
    if (size * 2 > slots.length) {
      spread();
    }
    long hash = hash(state.words, 0);
    int slot = (int) hash & (slots.length - 1);
    while (slots[slot] != 0) {
      int known = (int) slots[slot] - 1;
      if (slots[slot] >>> 32 == hash >>> 32 && equal(known, state)) {
        return known;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    if ((size + 1) * width > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(1 << 12, rows.length * 2));
    }
    System.arraycopy(state.words, 0, rows, size * width, width);
    slots[slot] = (hash & 0xFFFF_FFFF_0000_0000L) | (size + 1);
    return size++;
  }

  private boolean equal(int number, State state) {
    for (int i = 0; i < width; i++) {
      if (rows[number * width + i] != state.words[i]) {
        return false;
      }
    }
    return true;
  }

  private void spread() {
    long[] wider = new long[slots.length * 2];
    for (int i = 0; i < size; i++) {
      long hash = hash(rows, i * width);
      int slot = (int) hash & (wider.length - 1);
      while (wider[slot] != 0) {
        slot = (slot + 1) & (wider.length - 1);
      }
      wider[slot] = (hash & 0xFFFF_FFFF_0000_0000L) | (i + 1);
    }
    slots = wider;
  }

  private long hash(long[] words, int from) {
    long hash = 0;
    for (int i = from; i < from + width; i++) {
      hash = (hash ^ words[i]) * 0x9E37_79B9_7F4A_7C15L;
      hash ^= hash >>> 29;
    }
    hash *= 0xBF58_476D_1CE4_E5B9L;
    return hash ^ hash >>> 32;
  }
}
