package io.mrq.mongo.job;

import io.mrq.job.AttemptRecord;
import io.mrq.job.Failure;
import io.mrq.job.WorkerId;
import io.mrq.mongo.document.FieldReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The failed attempts of a job, which {@code traceback_history} holds, the oldest first. */
public final class AttemptDocuments {
  /** How many attempts the history of a job keeps. */
  static final int MAX_HISTORY = 20;

  private AttemptDocuments() {}

  /** An attempt as an entry of the history. */
  public static Map<String, @Nullable Object> entry(AttemptRecord attempt) {
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put(JobFields.DATE, attempt.date());
    entry.put(JobFields.STATUS, attempt.status());
    entry.put(JobFields.EXCEPTIONTYPE, attempt.failure().exceptiontype());
    entry.put(JobFields.TRACEBACK, attempt.failure().traceback());
    if (attempt.failure().originalTraceback() != null) {
      entry.put(JobFields.ORIGINAL_TRACEBACK, attempt.failure().originalTraceback());
    }
    if (attempt.worker() != null) {
      entry.put(JobFields.WORKER, JobFilters.id(attempt.worker()));
    }
    return entry;
  }

  /**
   * The {@code $push} that adds an attempt to the history, and drops the oldest beyond the limit.
   */
  public static Map<String, @Nullable Object> push(AttemptRecord attempt) {
    Map<String, @Nullable Object> push = new LinkedHashMap<>();
    push.put("$each", List.of(entry(attempt)));
    push.put("$slice", -MAX_HISTORY);
    Map<String, @Nullable Object> field = new LinkedHashMap<>();
    field.put(JobFields.TRACEBACK_HISTORY, push);
    return field;
  }

  /**
   * The history of a document; an entry without a date is left out.
   *
   * @param entries the content of {@code traceback_history}
   */
  static List<AttemptRecord> history(List<@Nullable Object> entries) {
    return entries.stream()
        .filter(Map.class::isInstance)
        .map(AttemptDocuments::attempt)
        .flatMap(Optional::stream)
        .toList();
  }

  @SuppressWarnings("unchecked") // Maps come from PlainBson, whose keys are texts.
  private static Optional<AttemptRecord> attempt(@Nullable Object entry) {
    FieldReader fields =
        new FieldReader((Map<String, @Nullable Object>) Objects.requireNonNull(entry));
    Instant date = fields.date(JobFields.DATE);
    if (date == null) {
      return Optional.empty();
    }
    Failure failure =
        new Failure(
            Objects.requireNonNullElse(fields.text(JobFields.EXCEPTIONTYPE), ""),
            Objects.requireNonNullElse(fields.text(JobFields.TRACEBACK), ""),
            fields.text(JobFields.ORIGINAL_TRACEBACK));
    return Optional.of(
        new AttemptRecord(
            date,
            Objects.requireNonNullElse(fields.text(JobFields.STATUS), ""),
            failure,
            fields.id(JobFields.WORKER, WorkerId::new)));
  }
}
