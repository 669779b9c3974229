package io.mrq.benchmarks.report;

import java.util.List;

/**
 * One thing that was measured, once in each round.
 *
 * @param name what it is, unique in its row
 * @param unit such as {@code jobs/s}; empty for a ratio
 * @param rounds the values in the order of the rounds, at least one
 */
public record Figure(String name, String unit, List<Double> rounds) {
  public Figure {
    rounds = List.copyOf(rounds);
  }

  public double median() {
    List<Double> sorted = rounds.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  public double least() {
    return rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  public double most() {
    return rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }
}
