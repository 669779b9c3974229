package io.mrq.api.overview;

import io.mrq.api.failure.FailureReport;
import io.mrq.api.failure.FailureTotals;
import io.mrq.api.json.JsonValues;
import io.mrq.api.stats.RateWindow;
import io.mrq.failure.FailureGroup;
import io.mrq.job.JobStatus;
import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueCount;
import io.mrq.worker.WorkerSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link Situation} as JSON: what people see at a glance. */
final class Overview {
  /** How far back the series goes, including the period that has begun. */
  static final Duration SERIES = Duration.ofMinutes(30);

  private static final int MAX_TOP_FAILURES = 5;

  private final Situation situation;
  private final @Nullable FailureReport failures;

  /**
   * @param failures null when they are not known at the moment
   */
  Overview(Situation situation, @Nullable FailureReport failures) {
    this.situation = situation;
    this.failures = failures;
  }

  /** The first period of the series that ends now. */
  static Instant firstPeriod(Instant now) {
    return JobRates.periodOf(now).minus(SERIES).plus(JobRates.PERIOD);
  }

  Map<String, @Nullable Object> json() {
    RateWindow minute = RateWindow.endingAt(situation.now());
    JobCounts lately = situation.since(minute.from());
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("at", JsonValues.date(situation.now()));
    json.put("series", series());
    Map<String, Object> rates = new LinkedHashMap<>();
    rates.put("enqueued", minute.perSecond(lately.enqueued()));
    rates.put("succeeded", minute.perSecond(lately.succeeded()));
    rates.put("failed", minute.perSecond(lately.failed()));
    rates.put("retried", minute.perSecond(lately.retried()));
    json.put("rates", rates);
    json.put("backlog", backlog(minute, lately));
    json.put("fleet", fleet());
    json.put("failed_open", failures == null ? null : open(failures.totals()));
    json.put("top_failures", failures == null ? null : top(failures.items()));
    json.put("problems", Check.all(situation).stream().map(Trouble::json).toList());
    return json;
  }

  private Map<String, Object> series() {
    List<Map<String, Object>> points = new ArrayList<>();
    Instant end = JobRates.periodOf(situation.now());
    for (Instant at = firstPeriod(situation.now());
        !at.isAfter(end);
        at = at.plus(JobRates.PERIOD)) {
      JobCounts counts = situation.totals().getOrDefault(at, JobCounts.ZERO);
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("at", JsonValues.date(at));
      point.put("enqueued", counts.enqueued());
      point.put("succeeded", counts.succeeded());
      point.put("failed", counts.failed());
      point.put("retried", counts.retried());
      points.add(point);
    }
    Map<String, Object> series = new LinkedHashMap<>();
    series.put("step", JobRates.PERIOD.toSeconds());
    series.put("points", points);
    return series;
  }

  private Map<String, @Nullable Object> backlog(RateWindow minute, JobCounts lately) {
    Map<String, @Nullable Object> backlog = new LinkedHashMap<>();
    for (JobStatus status :
        List.of(JobStatus.QUEUED, JobStatus.RETRY, JobStatus.STARTED, JobStatus.INTERRUPT)) {
      backlog.put(status.text(), situation.sample() == null ? null : waiting(status));
    }
    List<String> atLeast =
        Stream.of(JobStatus.QUEUED, JobStatus.RETRY, JobStatus.STARTED, JobStatus.INTERRUPT)
            .filter(this::isAtLeast)
            .map(JobStatus::text)
            .toList();
    if (!atLeast.isEmpty()) {
      backlog.put("at_least", atLeast);
    }
    Instant oldest =
        situation.queues().stream()
            .map(QueueCount::oldest)
            .filter(Objects::nonNull)
            .min(Comparator.<Instant>naturalOrder())
            .orElse(null);
    backlog.put("oldest", oldest == null ? null : JsonValues.date(oldest));
    backlog.put(
        "sampled_at", situation.sample() == null ? null : JsonValues.date(situation.sample().at()));
    backlog.put("drain_seconds", drain(minute.perSecond(lately.finished() - lately.enqueued())));
    return backlog;
  }

  private long waiting(JobStatus status) {
    return situation.queues().stream().mapToLong(count -> count.in(status)).sum();
  }

  private boolean isAtLeast(JobStatus status) {
    return situation.queues().stream().anyMatch(count -> count.isAtLeast(status));
  }

  /** In how many seconds the queues are empty at the present rates; null: never, or unknown. */
  private @Nullable Long drain(double perSecond) {
    long queued = waiting(JobStatus.QUEUED);
    if (situation.sample() == null || isAtLeast(JobStatus.QUEUED)) {
      return null;
    }
    if (queued == 0) {
      return 0L;
    }
    return perSecond > 0 ? (Long) Math.round(queued / perSecond) : null;
  }

  private Map<String, Object> fleet() {
    List<WorkerSummary> present = situation.present().toList();
    Map<String, Object> fleet = new LinkedHashMap<>();
    fleet.put("workers", present.size());
    fleet.put("slots", present.stream().mapToInt(WorkerSummary::slots).sum());
    fleet.put("busy", present.stream().mapToInt(WorkerSummary::busy).sum());
    fleet.put("draining", present.stream().filter(WorkerSummary::leaving).count());
    fleet.put("unsized", present.stream().filter(worker -> worker.slots() == 0).count());
    return fleet;
  }

  /** Failed jobs that have neither been requeued nor expired. */
  private static Map<String, @Nullable Object> open(FailureTotals totals) {
    Map<String, @Nullable Object> open = new LinkedHashMap<>();
    open.put("count", totals.jobs());
    open.put("groups", totals.groups());
    open.put("more", totals.more());
    open.put("newest", totals.last() == null ? null : JsonValues.date(totals.last()));
    return open;
  }

  /** Grouped by task and exception type; the page of exceptions also groups by fingerprint. */
  private static List<Map<String, Object>> top(List<FailureReport.FailureItem> items) {
    Map<List<String>, Map<String, Object>> byType = new LinkedHashMap<>();
    for (FailureReport.FailureItem item : items) {
      FailureGroup group = item.group();
      Map<String, Object> top =
          byType.computeIfAbsent(
              List.of(group.path(), group.exceptiontype()),
              _ -> {
                Map<String, Object> json = new LinkedHashMap<>();
                json.put("path", group.path());
                json.put("exceptiontype", group.exceptiontype());
                return json;
              });
      top.merge("count", group.count(), (a, b) -> (Long) a + (Long) b);
      if (group.last() != null) {
        // All dates have the same text form, which sorts like the dates.
        top.merge(
            "last_seen",
            JsonValues.date(group.last()),
            (a, b) -> ((String) a).compareTo((String) b) > 0 ? a : b);
      }
    }
    return byType.values().stream()
        .sorted(Comparator.comparingLong((Map<String, Object> top) -> -count(top)))
        .limit(MAX_TOP_FAILURES)
        .toList();
  }

  private static long count(Map<String, Object> top) {
    return (Long) Objects.requireNonNull(top.get("count"));
  }
}
