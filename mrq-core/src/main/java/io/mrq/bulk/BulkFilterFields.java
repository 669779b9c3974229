package io.mrq.bulk;

import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BulkFilter} as plain values under the names of the API, as it is sent, stored and kept
 * in the audit log. Reading is strict: what is not understood would widen the filter. A value is a
 * text or a list of texts, never an operator or a pattern (BUG-59).
 */
public final class BulkFilterFields {
  private static final String STATUS = "status";
  private static final String QUEUE = "queue";
  private static final String PATH = "path";
  private static final String WORKER = "worker";
  private static final String EXCEPTIONTYPE = "exceptiontype";
  private static final String FINGERPRINT = "fingerprint";
  private static final String PARENT = "parent";
  private static final String SINCE = "since";
  private static final String UNTIL = "until";
  private static final String IDS = "ids";
  private static final List<String> KNOWN =
      List.of(STATUS, QUEUE, PATH, WORKER, EXCEPTIONTYPE, FINGERPRINT, PARENT, SINCE, UNTIL, IDS);

  /** Longer than any name; the filter is kept in the action and in the audit log. */
  private static final int MAX_TEXT = 1000;

  private BulkFilterFields() {}

  /** The conditions that are given; dates are {@link Instant}s. */
  public static Map<String, @Nullable Object> of(BulkFilter filter) {
    JobFilter jobs = filter.jobs();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (!jobs.statuses().isEmpty()) {
      fields.put(STATUS, jobs.statuses().stream().map(JobStatus::text).sorted().toList());
    }
    fields.put(QUEUE, jobs.queue());
    fields.put(PATH, jobs.path());
    fields.put(WORKER, jobs.worker() == null ? null : jobs.worker().hex());
    fields.put(EXCEPTIONTYPE, jobs.exceptiontype());
    fields.put(FINGERPRINT, jobs.fingerprint());
    fields.put(PARENT, jobs.parent() == null ? null : jobs.parent().hex());
    fields.put(SINCE, jobs.since());
    fields.put(UNTIL, jobs.until());
    if (!filter.ids().isEmpty()) {
      fields.put(IDS, filter.ids().stream().map(JobId::hex).toList());
    }
    fields.values().removeIf(value -> value == null);
    return fields;
  }

  /**
   * The filter of these fields; a field that is null counts as absent.
   *
   * @throws InvalidJobException naming the field that is unknown or wrong
   */
  public static BulkFilter read(Map<?, ?> fields) {
    for (Object name : fields.keySet()) {
      if (!KNOWN.contains(name)) {
        throw new InvalidJobException(
            String.valueOf(name), "is unknown: the conditions are " + String.join(", ", KNOWN));
      }
    }
    JobFilter jobs =
        JobFilter.ALL
            .statuses(statuses(fields))
            .queue(text(fields, QUEUE))
            .path(text(fields, PATH))
            .worker(id(fields, WORKER, WorkerId::new))
            .exceptiontype(text(fields, EXCEPTIONTYPE))
            .fingerprint(text(fields, FINGERPRINT))
            .parent(id(fields, PARENT, JobId::new))
            .since(date(fields, SINCE))
            .until(date(fields, UNTIL));
    return new BulkFilter(jobs, ids(fields));
  }

  private static Set<JobStatus> statuses(Map<?, ?> fields) {
    Set<JobStatus> statuses = EnumSet.noneOf(JobStatus.class);
    for (String text : texts(fields, STATUS)) {
      statuses.add(JobStatus.ofText(text).orElseThrow(() -> unknownStatus(text)));
    }
    return statuses;
  }

  private static InvalidJobException unknownStatus(String text) {
    String known =
        Arrays.stream(JobStatus.values()).map(JobStatus::text).collect(Collectors.joining(", "));
    return new InvalidJobException(
        STATUS, "'%s' is unknown: the statuses are %s".formatted(text, known));
  }

  private static List<JobId> ids(Map<?, ?> fields) {
    List<String> texts = texts(fields, IDS);
    if (texts.size() > BulkFilter.MAX_IDS) {
      throw new InvalidJobException(
          IDS, "may be at most %d ids, not %d".formatted(BulkFilter.MAX_IDS, texts.size()));
    }
    return texts.stream().map(text -> id(IDS, text, JobId::new)).toList();
  }

  private static <T> @Nullable T id(Map<?, ?> fields, String name, Function<String, T> form) {
    String text = text(fields, name);
    return text == null ? null : id(name, text, form);
  }

  private static <T> T id(String name, String text, Function<String, T> form) {
    try {
      return form.apply(text);
    } catch (IllegalArgumentException e) {
      throw new InvalidJobException(
          name, "must be 24 lower-case hex digits, but is '" + text + "'");
    }
  }

  private static @Nullable Instant date(Map<?, ?> fields, String name) {
    if (fields.get(name) instanceof Instant date) {
      return date;
    }
    String text = text(fields, name);
    try {
      return text == null ? null : ZonedDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidJobException(
          name,
          "must be an ISO-8601 date with a zone, such as 2027-01-31T09:30:00Z, but is '%s'"
              .formatted(text));
    }
  }

  /** A list that is given but empty would mean any, and is no condition at all. */
  private static List<String> texts(Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    if (!(value instanceof List<?> list)) {
      String text = text(fields, name);
      return text == null ? List.of() : List.of(text);
    }
    if (list.isEmpty()) {
      throw new InvalidJobException(name, "must not be an empty list: leave it out, or name some");
    }
    List<String> texts = new ArrayList<>(list.size());
    list.forEach(element -> texts.add(text(name, element)));
    return texts;
  }

  private static @Nullable String text(Map<?, ?> fields, String name) {
    Object value = fields.get(name);
    return value == null ? null : text(name, value);
  }

  private static String text(String name, @Nullable Object value) {
    if (value instanceof String text && !text.isEmpty() && text.length() <= MAX_TEXT) {
      return text;
    }
    throw new InvalidJobException(name, "must be a text of 1 to %d characters".formatted(MAX_TEXT));
  }
}
