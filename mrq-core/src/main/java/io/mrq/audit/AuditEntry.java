package io.mrq.audit;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The stored record of one action of a person or a service.
 *
 * @param id also its place in the order of the log
 * @param date when the action began
 * @param who took it; {@code anonymous} when no credentials were required
 * @param action its name, such as {@code queue.pause}
 * @param target the id of a job or worker, or the name of a queue; null when a filter selects jobs
 * @param filter the jobs, in plain values under the names of the API; empty when there is no filter
 * @param count how many jobs the filter selects; null when there is no filter
 * @param outcome what became of the action
 * @param detail more, for people; null: nothing
 */
public record AuditEntry(
    AuditId id,
    Instant date,
    String who,
    String action,
    @Nullable String target,
    Map<String, @Nullable Object> filter,
    @Nullable Long count,
    Outcome outcome,
    @Nullable String detail) {

  /** What became of an action. In documents and JSON it is the constant's name in lower case. */
  public enum Outcome {
    /**
     * Stored before the action. It remains only when the outcome could not be stored, because the
     * process died or the store did not answer. The action may or may not have been carried out.
     */
    BEGUN,
    /** The action was carried out. */
    DONE,
    /** The action was refused, and nothing was changed. */
    REFUSED,
    /** The action failed; part of it may have been carried out. */
    FAILED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The form in documents and JSON. */
    public String text() {
      return text;
    }

    /** The outcome with this form in documents, or nothing. */
    public static Optional<Outcome> ofText(String text) {
      return Stream.of(values()).filter(outcome -> outcome.text.equals(text)).findFirst();
    }
  }
}
