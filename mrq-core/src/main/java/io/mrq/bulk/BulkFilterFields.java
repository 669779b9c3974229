package io.mrq.bulk;

import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.query.FilterField;
import io.mrq.query.JobCondition;
import io.mrq.query.JobFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link BulkFilter} as plain values under the names of {@link FilterField}, as it is sent to the
 * API, stored with its action and written into the audit log. Reading is strict, since to overlook
 * a condition would widen the filter. A value is a text, a list of texts or a date, and never an
 * operator or a pattern.
 */
public final class BulkFilterFields {
  /** The name of the list of ids. */
  public static final String IDS = "ids";

  /** In characters; a filter is kept in its action and in the audit log. */
  private static final int MAX_TEXT_LENGTH = 1000;

  private BulkFilterFields() {}

  /** The conditions of a filter; dates are {@link Instant}s. */
  public static Map<String, @Nullable Object> of(BulkFilter filter) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (JobCondition condition : filter.jobs().conditions()) {
      fields.put(condition.field().text(), FilterField.value(condition));
    }
    if (!filter.ids().isEmpty()) {
      fields.put(IDS, filter.ids().stream().map(JobId::hex).toList());
    }
    return fields;
  }

  /**
   * Reads what {@link #of} wrote, or what a caller sent.
   *
   * @param fields a value that is null counts as absent
   * @throws InvalidJobException naming the field that is unknown or whose value is wrong
   */
  public static BulkFilter read(Map<?, ?> fields) {
    for (Object key : fields.keySet()) {
      String name = String.valueOf(key);
      if (!name.equals(IDS) && FilterField.ofText(name).isEmpty()) {
        throw new InvalidJobException(name, "is unknown: the conditions are " + names());
      }
    }
    JobFilter jobs = JobFilter.ALL;
    List<JobId> ids = List.of();
    for (Map.Entry<?, ?> entry : fields.entrySet()) {
      FilterField field = FilterField.ofText(String.valueOf(entry.getKey())).orElse(null);
      Object value = entry.getValue();
      if (value == null) {
        continue;
      }
      if (field == null) {
        ids = ids(texts(IDS, value));
      } else {
        jobs = jobs.with(field.read(texts(field, value)));
      }
    }
    return new BulkFilter(jobs, ids);
  }

  private static String names() {
    return Stream.concat(Stream.of(FilterField.values()).map(FilterField::text), Stream.of(IDS))
        .collect(Collectors.joining(", "));
  }

  private static List<JobId> ids(List<String> texts) {
    if (texts.size() > BulkFilter.MAX_IDS) {
      throw new InvalidJobException(
          IDS, "may be at most %d ids, not %d".formatted(BulkFilter.MAX_IDS, texts.size()));
    }
    return texts.stream().map(BulkFilterFields::id).toList();
  }

  private static JobId id(String text) {
    try {
      return new JobId(text);
    } catch (IllegalArgumentException _) {
      throw new InvalidJobException(
          IDS, "must be job ids of 24 lower-case hex digits, but one is '%s'".formatted(text));
    }
  }

  private static List<String> texts(FilterField field, Object value) {
    return switch (field.form()) {
      case TEXTS -> texts(field.text(), value);
      case TEXT -> List.of(text(field.text(), value));
      case DATE ->
          List.of(value instanceof Instant date ? date.toString() : text(field.text(), value));
    };
  }

  /** A list, or a text in place of a list of one. */
  private static List<String> texts(String name, Object value) {
    if (!(value instanceof List<?> list)) {
      return List.of(text(name, value));
    }
    if (list.isEmpty()) {
      // An empty list could be taken for "any".
      throw new InvalidJobException(name, "must not be an empty list: leave it out, or name some");
    }
    List<String> texts = new ArrayList<>(list.size());
    list.forEach(element -> texts.add(text(name, element)));
    return texts;
  }

  private static String text(String name, @Nullable Object value) {
    if (value instanceof String text && !text.isEmpty() && text.length() <= MAX_TEXT_LENGTH) {
      return text;
    }
    throw new InvalidJobException(
        name, "must be a text of 1 to %d characters".formatted(MAX_TEXT_LENGTH));
  }
}
