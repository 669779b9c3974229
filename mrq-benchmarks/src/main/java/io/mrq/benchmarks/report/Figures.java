package io.mrq.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the figures of a row, round by round. */
public final class Figures {
  private record Key(String name, String unit) {}

  private final Map<Key, List<Double>> values = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();

  /** Adds the value of a round. */
  public void add(String name, String unit, double value) {
    values.computeIfAbsent(new Key(name, unit), _ -> new ArrayList<>()).add(value);
  }

  /** Adds a sentence for the reader; the same one only once. */
  public void note(String sentence) {
    if (!notes.contains(sentence)) {
      notes.add(sentence);
    }
  }

  /** The row, complete. */
  public RowResult row(String id, String title) {
    List<Figure> figures =
        values.entrySet().stream()
            .map(e -> new Figure(e.getKey().name(), e.getKey().unit(), e.getValue()))
            .toList();
    return new RowResult(id, title, figures, List.copyOf(notes));
  }
}
