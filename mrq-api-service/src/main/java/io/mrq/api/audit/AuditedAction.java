package io.mrq.api.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action that a caller is about to take, as the audit log describes it.
 *
 * @param name from a closed set of names such as {@code queue.pause}
 * @param target the id of a job or worker, or the name of a queue or schedule; null when a filter
 *     selects jobs
 * @param filter the jobs, in plain values under the names of the API; empty when there is no filter
 * @param count how many jobs the filter selects; null when there is no filter
 * @param detail more, for people; null: nothing
 */
public record AuditedAction(
    String name,
    @Nullable String target,
    Map<String, @Nullable Object> filter,
    @Nullable Long count,
    @Nullable String detail) {

  public AuditedAction {
    filter = Collections.unmodifiableMap(new LinkedHashMap<>(filter));
  }

  /** An action without a target or details. */
  public static AuditedAction of(String name) {
    return new AuditedAction(name, null, Map.of(), null, null);
  }

  /** A copy with this target. */
  public AuditedAction on(String thing) {
    return new AuditedAction(name, thing, filter, count, detail);
  }

  /** A copy for the jobs that match this filter. */
  public AuditedAction where(Map<String, @Nullable Object> conditions, long jobs) {
    return new AuditedAction(name, target, conditions, jobs, detail);
  }

  /** A copy with this detail; a blank text counts as none. */
  public AuditedAction detailed(String more) {
    return new AuditedAction(name, target, filter, count, more.isBlank() ? null : more);
  }
}
