package io.mrq.api.job;

import io.mrq.api.request.QueryParams;
import io.mrq.job.InvalidJobException;
import io.mrq.query.FilterField;
import io.mrq.query.JobCondition;
import io.mrq.query.JobFilter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A filter of jobs as query parameters, one for each {@link FilterField}. Every value is compared
 * literally: there are no patterns and no operators.
 */
public final class FilterParams {
  private FilterParams() {}

  /** The names of all fields, followed by these. */
  static String[] names(String... more) {
    return Stream.concat(
            Arrays.stream(FilterField.values()).map(FilterField::text), Arrays.stream(more))
        .toArray(String[]::new);
  }

  /** The filter in the parameters of a request. */
  public static JobFilter of(QueryParams query) {
    JobFilter filter = JobFilter.ALL;
    for (FilterField field : FilterField.values()) {
      List<String> texts = texts(query, field);
      if (!texts.isEmpty()) {
        filter = filter.with(condition(field, texts));
      }
    }
    return filter;
  }

  /** A list is a parameter that is repeated, or whose values are separated by commas. */
  private static List<String> texts(QueryParams query, FilterField field) {
    return switch (field.form()) {
      case TEXT, DATE -> query.one(field.text()).stream().toList();
      case TEXTS ->
          query.all(field.text()).stream()
              .flatMap(value -> Stream.of(value.split(",", -1)))
              .toList();
    };
  }

  private static JobCondition condition(FilterField field, List<String> texts) {
    try {
      return field.read(texts);
    } catch (InvalidJobException e) {
      throw QueryParams.refused(e.field(), e.complaint());
    }
  }
}
