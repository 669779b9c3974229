package io.mrq.audit;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One act of a person or a service, as it is kept.
 *
 * @param id also its place in the log
 * @param date when it began
 * @param who did it; {@code anonymous} where nobody had to say
 * @param action what, such as {@code queue.pause}
 * @param target on what: the id of a job or a worker, the name of a queue; null where a filter says
 *     it
 * @param filter which jobs, in plain values under the names of the API; empty: none
 * @param count how many jobs; null: not said
 * @param outcome what became of it
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

  /** What became of an act. The wire form is the constant's name in lower case. */
  public enum Outcome {
    /**
     * Written before the act. It stays only where the outcome could not be written: the process
     * died meanwhile, or the store was away. The act may or may not have been done.
     */
    BEGUN,
    /** It was done. */
    DONE,
    /** It was refused, and nothing was changed. */
    REFUSED,
    /** It failed; part of it may have been done. */
    FAILED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** The form in documents and JSON. */
    public String text() {
      return text;
    }

    /** The outcome with this wire form, or nothing. */
    public static Optional<Outcome> ofText(String text) {
      return Stream.of(values()).filter(outcome -> outcome.text.equals(text)).findFirst();
    }
  }
}
