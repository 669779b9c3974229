package io.mrq.model;

/**
 * One state of a model: a row of bits. A {@link Layout} says which bits are which {@link Field}.
 */
public class State {
  final long[] words;

  State(int size) {
    words = new long[size];
  }

  final void copyFrom(State other) {
    System.arraycopy(other.words, 0, words, 0, words.length);
  }
}
