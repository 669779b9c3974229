package io.mrq.api.job;

import io.mrq.api.request.QueryParams;
import io.mrq.job.JobId;
import io.mrq.query.JobFilter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list of jobs that a request asks for.
 *
 * @param after the cursor: only jobs that are older than this one
 * @param limit how many jobs at the most; {@value #DEFAULT_LIMIT} by default
 * @param summary whether to leave out results and tracebacks, and to cut long values
 */
record JobListing(JobFilter filter, @Nullable JobId after, int limit, boolean summary) {
  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 500;

  static JobListing of(HttpServletRequest request) {
    QueryParams query = QueryParams.of(request, FilterParams.names("after", "limit", "view"));
    return new JobListing(
        FilterParams.of(query),
        query.one("after").map(text -> JobIds.read("after", text)).orElse(null),
        query.number("limit", DEFAULT_LIMIT, 1, MAX_LIMIT),
        summary(query));
  }

  private static boolean summary(QueryParams query) {
    return switch (query.one("view").orElse("whole")) {
      case "summary" -> true;
      case "whole" -> false;
      default -> throw QueryParams.refused("view", "must be summary or whole");
    };
  }
}
