package io.mrq.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the figures of a row, round by round. */
public final class Figures {
  private record Key(String name, String unit) {}

  private final Map<Key, List<Double>> values = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();

  /** Adds the value of a round. */
  public void add(String name, String unit, double value) {
    values.computeIfAbsent(new Key(name, unit), _ -> new ArrayList<>()).add(value);
  }

  /** Adds the value of a round, unless it is 0, which stands for what the system does not tell. */
  public void addKnown(String name, String unit, double value) {
    if (value != 0) {
      add(name, unit, value);
    }
  }

  /** The median of the rounds until now. */
  public double median(String name) {
    return row("", "").figures().stream()
        .filter(figure -> figure.name().equals(name))
        .findFirst()
        .orElseThrow()
        .median();
  }

  /** Adds a sentence for the reader; the same one only once. */
  public void note(String sentence) {
    notes.putIfAbsent(sentence, sentence);
  }

  /** Adds a sentence about the latest round, in place of that about an earlier one. */
  public void noteOfRound(String about, String sentence) {
    notes.put(about, sentence);
  }

  /** The row, complete. */
  public RowResult row(String id, String title) {
    List<Figure> figures =
        values.entrySet().stream()
            .map(e -> new Figure(e.getKey().name(), e.getKey().unit(), e.getValue()))
            .toList();
    return new RowResult(id, title, figures, List.copyOf(notes.values()));
  }
}
