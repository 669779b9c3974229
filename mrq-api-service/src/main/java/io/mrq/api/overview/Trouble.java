package io.mrq.api.overview;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should know, and what to do about it.
 *
 * @param kind its stable name, such as {@code no-worker}
 * @param title what is wrong, in a few words
 * @param advice what it means and what to do
 * @param page of the dashboard that shows it; null: none does
 * @param query of that page; null: none
 * @param items when several things have the same trouble: each of them, the worst first
 */
record Trouble(
    String kind,
    Severity severity,
    String title,
    String advice,
    @Nullable String page,
    @Nullable String query,
    List<Trouble> items) {
  /** How many things are named one by one; the number of all is told too. */
  private static final int NAMED = 50;

  Trouble(
      String kind,
      Severity severity,
      String title,
      String advice,
      @Nullable String page,
      @Nullable String query) {
    this(kind, severity, title, advice, page, query, List.of());
  }

  /**
   * One trouble of one kind, out of all that have it.
   *
   * @param all the worst first
   * @param together title and advice when there are several
   */
  static Optional<Trouble> of(List<Trouble> all, Supplier<Words> together) {
    if (all.size() <= 1) {
      return all.stream().findFirst();
    }
    Trouble worst = all.getFirst();
    Words words = together.get();
    return Optional.of(
        new Trouble(worst.kind, worst.severity, words.title, words.advice, worst.page, null, all));
  }

  /** What is said of several things at once. */
  record Words(String title, String advice) {}

  /** How bad it is, the worst first. */
  enum Severity {
    /** Work stands still. */
    CRITICAL,
    /** Work suffers, or soon will. */
    WARNING,
    /** As somebody wanted it. */
    INFO
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = named();
    json.put("kind", kind);
    json.put("severity", severity.name().toLowerCase(Locale.ROOT));
    json.put("page", page);
    json.put("count", Math.max(1, items.size()));
    if (!items.isEmpty()) {
      json.put("items", items.stream().limit(NAMED).map(Trouble::named).toList());
    }
    return json;
  }

  private Map<String, @Nullable Object> named() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("title", title);
    json.put("advice", advice);
    if (query != null) {
      json.put("query", query);
    }
    return json;
  }
}
