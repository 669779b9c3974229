package io.mrq.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is about to do, for the audit log.
 *
 * @param action what, from a closed set of names such as {@code queue.pause}
 * @param target on what; null where a filter says it
 * @param filter which jobs, in plain values under the names of the API; empty: none
 * @param count how many jobs; null: not said
 * @param detail more, for people; null: nothing
 */
public record AuditedAction(
    String action,
    @Nullable String target,
    Map<String, @Nullable Object> filter,
    @Nullable Long count,
    @Nullable String detail) {

  public AuditedAction {
    filter = Collections.unmodifiableMap(new LinkedHashMap<>(filter));
  }

  /** An act of which nothing more is said. */
  public static AuditedAction of(String action) {
    return new AuditedAction(action, null, Map.of(), null, null);
  }

  /** The same on this. */
  public AuditedAction on(String thing) {
    return new AuditedAction(action, thing, filter, count, detail);
  }

  /** The same on the jobs that pass this filter. */
  public AuditedAction where(Map<String, @Nullable Object> conditions, long jobs) {
    return new AuditedAction(action, target, conditions, jobs, detail);
  }

  /** The same with more to say; a blank text says nothing. */
  public AuditedAction saying(String more) {
    return new AuditedAction(action, target, filter, count, more.isBlank() ? null : more);
  }
}
