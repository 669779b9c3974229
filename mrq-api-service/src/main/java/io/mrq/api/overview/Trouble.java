package io.mrq.api.overview;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should know, and what to do about it.
 *
 * @param kind its stable name, such as {@code no-worker}
 * @param title what is wrong, in a few words
 * @param advice what it means and what to do
 * @param page of the dashboard that shows it; null: none does
 * @param query of that page; null: none
 */
record Trouble(
    String kind,
    Severity severity,
    String title,
    String advice,
    @Nullable String page,
    @Nullable String query) {

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
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", kind);
    json.put("severity", severity.name().toLowerCase(Locale.ROOT));
    json.put("title", title);
    json.put("advice", advice);
    json.put("page", page);
    if (query != null) {
      json.put("query", query);
    }
    return json;
  }
}
