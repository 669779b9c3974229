package io.mrq.api.overview;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that needs attention, and what to do about it. The API calls it a problem.
 *
 * @param kind its stable name, such as {@code no-worker}
 * @param title what is wrong, in a few words
 * @param advice what it means and what to do
 * @param page the page of the dashboard that shows it; null: none
 * @param query the query string of that page; null: none
 * @param items when several queues or workers have the same trouble: each of them, most severe
 *     first
 */
record Trouble(
    String kind,
    Severity severity,
    String title,
    String advice,
    @Nullable String page,
    @Nullable String query,
    List<Trouble> items) {
  /** How many items are listed; {@code count} is the number of all of them. */
  private static final int MAX_ITEMS = 50;

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
   * Combines all troubles of one kind into one; nothing when there are none.
   *
   * @param all most severe first
   * @param together title and advice for several
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

  /** The title and advice for several troubles of one kind. */
  record Words(String title, String advice) {}

  /** How bad it is, most severe first. */
  enum Severity {
    /** Jobs do not run. */
    CRITICAL,
    /** Jobs run late or fail, or soon will. */
    WARNING,
    /** Intended by somebody, but worth knowing. */
    INFO
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = named();
    json.put("kind", kind);
    json.put("severity", severity.name().toLowerCase(Locale.ROOT));
    json.put("page", page);
    json.put("count", Math.max(1, items.size()));
    if (!items.isEmpty()) {
      json.put("items", items.stream().limit(MAX_ITEMS).map(Trouble::named).toList());
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
