package io.mrq.service.worker.basetasks;

import io.mrq.bulk.BulkAction.Kind;
import io.mrq.bulk.BulkMoves.RetryCount;
import io.mrq.job.InvalidJobException;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.query.FilterField;
import io.mrq.query.JobFilter;
import io.mrq.queue.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a job of {@code JobAction} asks for. Python's dashboard sends every field of its form, so a
 * field that is empty counts as absent. Values are texts or lists of texts, and never operators.
 *
 * @param kind what is done with each job
 * @param retryCount what becomes of the counted retries of a requeued job
 * @param id the only job; null: all that pass
 * @param filters a job passes that passes any of these; no job passes several of them
 * @param condition what no filter can say, of a job that passes one; null: nothing
 * @param queue into which jobs are requeued; null: each into its own
 */
record ActionParams(
    Kind kind,
    RetryCount retryCount,
    @Nullable JobId id,
    List<JobFilter> filters,
    @Nullable Predicate<Job> condition,
    @Nullable String queue) {

  /** How many combinations of values there may be, each of which is a question to the store. */
  static final int MAX_FILTERS = 1000;

  /** The fields that may be a list, of which a filter takes one value. */
  private static final List<FilterField> ALTERNATIVES =
      List.of(FilterField.PATH, FilterField.WORKER, FilterField.EXCEPTIONTYPE, FilterField.QUEUE);

  /**
   * Reads the params of a job.
   *
   * @param queues the queues whose names begin with a text
   * @throws InvalidJobException naming a field whose value has no meaning; then nothing may be done
   */
  static ActionParams read(
      Map<String, @Nullable Object> params, Function<String, List<String>> queues) {
    String action = one(params, "action");
    JobId id = id(one(params, "id"));
    List<JobFilter> filters = filters(params, queues);
    Predicate<Job> condition = condition(params);
    if (id == null && filters.contains(JobFilter.ALL) && condition == null) {
      throw new InvalidJobException(
          "filters", "are all empty, and would match every job: give at least one");
    }
    String queue = one(params, "destination_queue");
    return new ActionParams(
        "cancel".equals(action) ? Kind.CANCEL : Kind.REQUEUE,
        retryCount(action),
        id,
        filters,
        condition,
        queue == null ? null : QueueName.checked(queue));
  }

  private static RetryCount retryCount(@Nullable String action) {
    return switch (action) {
      case "cancel", "requeue" -> RetryCount.ZERO;
      case "requeue_retry" -> RetryCount.KEPT;
      case null, default ->
          throw new InvalidJobException(
              "action", "must be cancel, requeue or requeue_retry, but is '%s'".formatted(action));
    };
  }

  private static @Nullable Predicate<Job> condition(Map<String, @Nullable Object> params) {
    Object date = params.get("dateretry");
    Object values = params.get("params");
    if (isEmpty(date)) {
      return isEmpty(values) ? null : ParamsCondition.of(values);
    }
    Predicate<Job> onDate = DateCondition.of("dateretry", date, Job::dateretry);
    return isEmpty(values) ? onDate : onDate.and(ParamsCondition.of(values));
  }

  private static List<JobFilter> filters(
      Map<String, @Nullable Object> params, Function<String, List<String>> queues) {
    List<String> statuses = texts(params, "status");
    JobFilter base =
        statuses.isEmpty() ? JobFilter.ALL : JobFilter.ALL.with(FilterField.STATUS.read(statuses));
    List<JobFilter> filters = List.of(base);
    for (FilterField field : ALTERNATIVES) {
      List<String> given = texts(params, field.text());
      if (!given.isEmpty()) {
        filters = combined(filters, field, values(field, given, queues));
      }
    }
    return filters;
  }

  private static List<String> values(
      FilterField field, List<String> given, Function<String, List<String>> queues) {
    return given.stream()
        .flatMap(text ->
            field == FilterField.QUEUE && text.endsWith("/")
                ? queues.apply(text).stream()
                : Stream.of(field == FilterField.WORKER ? text.toLowerCase(Locale.ROOT) : text))
        .distinct()
        .toList();
  }

  private static List<JobFilter> combined(
      List<JobFilter> filters, FilterField field, List<String> values) {
    if ((long) filters.size() * values.size() > MAX_FILTERS) {
      throw new InvalidJobException(
          field.text(),
          "has too many values together with the other filters: at most %d combinations are done in one job"
              .formatted(MAX_FILTERS));
    }
    List<JobFilter> combined = new ArrayList<>();
    for (JobFilter filter : filters) {
      values.forEach(value -> combined.add(filter.with(field.read(List.of(value)))));
    }
    return combined;
  }

  private static @Nullable JobId id(@Nullable String text) {
    try {
      return text == null ? null : new JobId(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new InvalidJobException("id", "must be a job id of 24 hex digits");
    }
  }

  private static @Nullable String one(Map<String, @Nullable Object> params, String field) {
    List<String> texts = texts(params, field);
    if (texts.size() > 1) {
      throw new InvalidJobException(field, "must be one text");
    }
    return texts.isEmpty() ? null : texts.getFirst();
  }

  private static List<String> texts(Map<String, @Nullable Object> params, String field) {
    Object value = params.get(field);
    List<?> values =
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
    List<String> texts = new ArrayList<>();
    for (Object element : values) {
      if (!(element instanceof String text)) {
        throw new InvalidJobException(field, "must be a text or a list of texts");
      }
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static boolean isEmpty(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.isBlank();
      case List<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }
}
