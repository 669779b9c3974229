package io.mrq.api.job;

import io.mrq.api.request.QueryParams;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.store.JobFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that somebody asks for.
 *
 * @param after the cursor: only jobs older than this one
 * @param limit how many at most, {@value #DEFAULT_LIMIT} when nobody says
 */
record JobListing(JobFilter filter, @Nullable JobId after, int limit) {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  static JobListing of(HttpServletRequest request) {
    QueryParams query =
        QueryParams.of(
            request,
            "status",
            "queue",
            "path",
            "worker",
            "exceptiontype",
            "fingerprint",
            "after",
            "limit");
    JobFilter filter =
        JobFilter.ALL
            .statuses(statuses(query))
            .queue(query.one("queue").orElse(null))
            .path(query.one("path").orElse(null))
            .worker(query.one("worker").map(JobListing::worker).orElse(null))
            .exceptiontype(query.one("exceptiontype").orElse(null))
            .fingerprint(query.one("fingerprint").orElse(null));
    return new JobListing(
        filter,
        query.one("after").map(text -> JobIds.read("after", text)).orElse(null),
        query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT));
  }

  private static Set<JobStatus> statuses(QueryParams query) {
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
}
