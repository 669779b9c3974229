package io.mrq.model;

import java.util.Arrays;

/** A list of numbers that grows. */
final class Ints {
  private int[] numbers = new int[1 << 10];
  private int size;

  void add(int number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, size * 2);
    }
    numbers[size++] = number;
  }

  int get(int i) {
    return numbers[i];
  }

  int size() {
    return size;
  }
}
