package io.mrq.benchmarks.report;

import java.util.Locale;

/** The rows for a terminal. */
public final class TextTable {
  private TextTable() {}

  /** One row with its figures and notes. */
  public static String of(RowResult row) {
    StringBuilder text = new StringBuilder();
    text.append(row.id()).append(": ").append(row.title()).append('\n');
    for (Figure figure : row.figures()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-52s %14s %-10s %s%n",
              figure.name(),
              number(figure.median()),
              figure.unit(),
              range(figure)));
    }
    row.notes().forEach(note -> text.append("  ").append(note).append('\n'));
    return text.toString();
  }

  private static String range(Figure figure) {
    return figure.rounds().size() == 1
        ? ""
        : "(%s to %s in %d rounds)"
            .formatted(number(figure.least()), number(figure.most()), figure.rounds().size());
  }

  /** A number with as many digits as mean something. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }
}
