package io.mrq.api.job;

import io.mrq.api.request.QueryParams;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A filter of jobs as query parameters. Every value is compared as it is; none is a pattern or an
 * operator (BUG-59).
 */
public final class FilterParams {
  private static final List<String> NAMES =
      List.of(
          "status",
          "queue",
          "path",
          "worker",
          "exceptiontype",
          "fingerprint",
          "parent",
          "since",
          "until");

  private FilterParams() {}

  /** The parameters of a filter, and these. */
  static String[] names(String... more) {
    return Stream.concat(NAMES.stream(), Arrays.stream(more)).toArray(String[]::new);
  }

  /** The filter. */
  static JobFilter of(QueryParams query) {
    return JobFilter.ALL
        .statuses(statuses(query))
        .queue(query.one("queue").orElse(null))
        .path(query.one("path").orElse(null))
        .worker(query.one("worker").map(FilterParams::worker).orElse(null))
        .exceptiontype(query.one("exceptiontype").orElse(null))
        .fingerprint(query.one("fingerprint").orElse(null))
        .parent(query.one("parent").map(text -> JobIds.read("parent", text)).orElse(null))
        .since(query.one("since").map(text -> date("since", text)).orElse(null))
        .until(query.one("until").map(text -> date("until", text)).orElse(null));
  }

  /** The statuses that {@code status} names, given several times or separated by commas. */
  public static Set<JobStatus> statuses(QueryParams query) {
    Set<JobStatus> statuses = EnumSet.noneOf(JobStatus.class);
    for (String value : query.all("status")) {
      for (String text : value.split(",", -1)) {
        statuses.add(JobStatus.ofText(text).orElseThrow(() -> unknownStatus(text)));
      }
    }
    return statuses;
  }

  private static RuntimeException unknownStatus(String text) {
    String known =
        Arrays.stream(JobStatus.values()).map(JobStatus::text).collect(Collectors.joining(", "));
    return QueryParams.refused(
        "status", "'%s' is unknown: the statuses are %s".formatted(text, known));
  }

  private static WorkerId worker(String text) {
    try {
      return new WorkerId(text);
    } catch (IllegalArgumentException _) {
      throw QueryParams.refused(
          "worker", "must be a worker id of 24 lower-case hex digits, but is '%s'".formatted(text));
    }
  }

  private static Instant date(String name, String text) {
    try {
      return ZonedDateTime.parse(text).toInstant();
    } catch (DateTimeException _) {
      throw QueryParams.refused(
          name,
          "must be an ISO-8601 date with a zone, such as 2027-01-31T09:30:00Z, but is '%s'"
              .formatted(text));
    }
  }
}
