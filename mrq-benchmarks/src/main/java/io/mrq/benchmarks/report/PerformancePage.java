package io.mrq.benchmarks.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The parts of {@code docs/performance.md} that are made from the reports in {@code
 * docs/performance}: counts first, then every figure. Of a row that several reports have, the
 * latest counts.
 */
public final class PerformancePage {
  private static final Path PAGE = Path.of("docs/performance.md");
  private static final Path REPORTS = Path.of("docs/performance");
  private static final Set<String> COUNTS = Set.of("commands", "commands/s", "B");

  private final Path repository;

  /**
   * The page of a repository.
   *
   * @param repository its root folder
   */
  public PerformancePage(Path repository) {
    this.repository = repository;
  }

  /** A row with the report that it stands in. */
  private record Measured(String file, Report report, RowResult row) {}

  /** The page as it should be. */
  public String expected() {
    String page = current();
    List<Measured> rows = rows();
    page = replaced(page, "operations", operations(rows));
    page = replaced(page, "figures", figures(rows));
    return replaced(page, "sources", sources(rows));
  }

  /** The page as it is. */
  public String current() {
    try {
      return Files.readString(repository.resolve(PAGE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the page as it should be. */
  public void write() {
    try {
      Files.writeString(repository.resolve(PAGE), expected());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Measured> rows() {
    Map<String, Measured> latest = new TreeMap<>();
    try (Stream<Path> files = Files.list(repository.resolve(REPORTS))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        Report report = Report.read(file);
        for (RowResult row : report.rows()) {
          latest.merge(
              row.id(),
              new Measured(file.getFileName().toString(), report, row),
              (a, b) -> a.report().date().compareTo(b.report().date()) > 0 ? a : b);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Measured> rows = new ArrayList<>(latest.values());
    rows.sort(
        Comparator.comparing((Measured m) -> m.report().date())
            .thenComparing(PerformancePage::place));
    return rows;
  }

  private static int place(Measured measured) {
    return measured.report().rows().indexOf(measured.row());
  }

  private static String operations(List<Measured> rows) {
    StringBuilder text = new StringBuilder();
    text.append("| row | what | count |\n|---|---|---|\n");
    for (Measured measured : rows) {
      for (Figure figure : measured.row().figures()) {
        if (COUNTS.contains(figure.unit())) {
          text.append(
              "| %s | %s | %s |\n".formatted(measured.row().id(), figure.name(), value(figure)));
        }
      }
    }
    return text.toString();
  }

  private static String figures(List<Measured> rows) {
    StringBuilder text = new StringBuilder();
    for (Measured measured : rows) {
      RowResult row = measured.row();
      text.append("### ").append(row.id()).append('\n');
      text.append(
          "%s. From [%s](performance/%s).\n\n"
              .formatted(sentence(row.title()), measured.file(), measured.file()));
      text.append("| figure | median | least to most, rounds |\n|---|---|---|\n");
      row.figures().stream()
          .filter(Predicate.not(figure -> COUNTS.contains(figure.unit())))
          .forEach(figure ->
              text.append(
                  "| %s | %s | %s |\n".formatted(figure.name(), value(figure), range(figure))));
      text.append('\n');
      row.notes().forEach(note -> text.append("- ").append(note).append('\n'));
      text.append(row.notes().isEmpty() ? "" : "\n");
    }
    return text.toString();
  }

  private static String sources(List<Measured> rows) {
    Map<String, Report> reports = new TreeMap<>();
    rows.forEach(measured -> reports.put(measured.file(), measured.report()));
    StringBuilder text = new StringBuilder();
    text.append("| file | date | commit | machine | options |\n|---|---|---|---|---|\n");
    reports.forEach((file, report) -> {
      Machine machine = report.machine();
      text.append(
          "| [%s](performance/%s) | %s | %s | %d cores of %s, %s MB, %s, Java %s | %s |\n"
              .formatted(
                  file,
                  file,
                  report.date(),
                  report.version(),
                  machine.cores(),
                  machine.processor(),
                  TextTable.number(machine.memoryBytes() / 1e6),
                  machine.system(),
                  machine.java(),
                  settings(report)));
    });
    return text.toString();
  }

  private static String settings(Report report) {
    List<String> words = new ArrayList<>();
    report.settings().forEach((name, value) -> words.add("`" + name + " " + value + "`"));
    return String.join(" ", words);
  }

  private static String sentence(String title) {
    return Character.toUpperCase(title.charAt(0)) + title.substring(1);
  }

  private static String value(Figure figure) {
    return (TextTable.number(figure.median()) + " " + figure.unit()).strip();
  }

  private static String range(Figure figure) {
    return figure.rounds().size() == 1
        ? "one round"
        : "%s to %s, %d"
            .formatted(
                TextTable.number(figure.least()),
                TextTable.number(figure.most()),
                figure.rounds().size());
  }

  private static String replaced(String page, String part, String text) {
    String start = "<!-- " + part + ", written by ./bench --page -->\n";
    String end = "<!-- end of " + part + " -->";
    int from = page.indexOf(start);
    int to = page.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalStateException(PAGE + " has no part '" + part + "'");
    }
    return page.substring(0, from + start.length()) + text + page.substring(to);
  }
}
