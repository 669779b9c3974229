package io.mrq.api.job;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.JsonBody;
import io.mrq.api.request.QueryParams;
import io.mrq.client.Enqueued;
import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.query.JobFilter;
import io.mrq.query.JobPage;
import io.mrq.query.JobQueries;
import io.mrq.query.JobSummary;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Enqueues jobs and shows them. */
@RestController
@RequestMapping(path = "/api/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
class JobController {
  /** More jobs than this are not counted exactly. */
  private static final int MAX_COUNT = 10_000;

  /** A page of whole jobs ends early when their documents are larger than this. */
  private static final long MAX_PAGE_BYTES = 8L * 1024 * 1024;

  private final JobClient client;
  private final JobQueries jobs;
  private final ParamsCheck params;

  JobController(JobClient client, JobQueries jobs, ParamsCheck params) {
    this.client = client;
    this.jobs = jobs;
    this.params = params;
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<?> enqueue(HttpServletRequest request) throws IOException {
    QueryParams.of(request);
    String key = KeyHeader.of(request);
    Object body = JsonBody.read(request.getInputStream(), JobBatch.MAX);
    boolean dryRun = DryRun.of(request);
    return switch (body) {
      case Map<?, ?> job when dryRun -> checked(JobBatch.check(List.of(job), client, params));
      case Map<?, ?> job -> one(job, key, request.getContextPath());
      case List<?> jobs when key == null && dryRun -> checked(JobBatch.check(jobs, client, params));
      case List<?> jobs when key == null -> many(jobs);
      case List<?> _ ->
          throw KeyHeader.refused(
              "is for a single job, not for an array; send the jobs one by one");
      case null, default ->
          throw new ProblemException(
              Problem.of(
                  ProblemType.INVALID_JSON,
                  "The body must be a JSON object for one job, or an array of them."));
    };
  }

  private ResponseEntity<Map<String, @Nullable Object>> one(
      Map<?, ?> json, @Nullable String key, String context) {
    JobRequest job = JobBody.read(json);
    params.one(job);
    Enqueued enqueued =
        key == null ? client.enqueue(job) : client.enqueueOnce(job, KeyHeader.withBody(key, json));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("id", enqueued.id().hex());
    JobStatus status = enqueued.status();
    answer.put("status", status == null ? null : status.text());
    return ResponseEntity.status(enqueued.created() ? HttpStatus.CREATED : HttpStatus.OK)
        .location(URI.create(context + "/api/v1/jobs/" + enqueued.id().hex()))
        .body(answer);
  }

  private ResponseEntity<Map<String, Object>> many(List<?> jobs) {
    List<String> ids = JobBatch.enqueue(jobs, client, params).stream().map(JobId::hex).toList();
    return ResponseEntity.status(HttpStatus.CREATED).body(Map.of("ids", ids));
  }

  /** Answers a dry run: everything is right, and nothing was stored. */
  private static ResponseEntity<Map<String, Object>> checked(int jobs) {
    return ResponseEntity.ok(Map.of("valid", true, "jobs", jobs));
  }

  @GetMapping("/count")
  Map<String, Object> count(HttpServletRequest request) {
    JobFilter filter = FilterParams.of(QueryParams.of(request, FilterParams.names()));
    long count = jobs.count(filter, MAX_COUNT + 1);
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("count", Math.min(count, MAX_COUNT));
    answer.put("more", count > MAX_COUNT);
    return answer;
  }

  @GetMapping("/{id}")
  Map<String, @Nullable Object> find(@PathVariable String id, HttpServletRequest request) {
    QueryParams.of(request);
    JobId jobId = JobIds.read("id", id);
    return jobs.find(jobId).map(JobJson::of).orElseThrow(() -> JobIds.unknown(jobId));
  }

  @GetMapping
  Map<String, @Nullable Object> list(HttpServletRequest request) {
    JobListing listing = JobListing.of(request);
    if (listing.summary()) {
      JobPage<JobSummary> page = jobs.summaries(listing.filter(), listing.after(), listing.limit());
      return page(page, JobSummary::job, JobJson::summary);
    }
    JobPage<Job> page =
        jobs.page(listing.filter(), listing.after(), listing.limit(), MAX_PAGE_BYTES);
    Map<String, @Nullable Object> answer = page(page, Function.identity(), JobJson::of);
    if (page.more() && page.jobs().size() < listing.limit()) {
      answer.put("ended_early", true);
    }
    return answer;
  }

  private static <T> Map<String, @Nullable Object> page(
      JobPage<T> page, Function<T, Job> job, Function<T, Map<String, @Nullable Object>> json) {
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("items", page.jobs().stream().map(json).toList());
    answer.put("next", page.more() ? job.apply(page.jobs().getLast()).id().hex() : null);
    return answer;
  }
}
