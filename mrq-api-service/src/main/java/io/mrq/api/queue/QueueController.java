package io.mrq.api.queue;

import io.mrq.api.json.JsonValues;
import io.mrq.api.load.SharedAnswers;
import io.mrq.api.request.QueryParams;
import io.mrq.api.stats.RateWindow;
import io.mrq.job.JobStatus;
import io.mrq.queue.QueueActions;
import io.mrq.queue.QueuePause;
import io.mrq.queue.QueuePauses;
import io.mrq.queue.QueueSelection;
import io.mrq.queue.QueueSelection.Exact;
import io.mrq.queue.QueueSelection.Prefix;
import io.mrq.queue.QueueSelection.Raw;
import io.mrq.queue.QueueSelection.Reverse;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueCount;
import io.mrq.worker.WorkerStore;
import io.mrq.worker.WorkerSummary;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists the queues that hold unfinished jobs, are served or are paused, the longest first. */
@RestController
@RequestMapping(path = "/api/v1/queues", produces = MediaType.APPLICATION_JSON_VALUE)
class QueueController {
  private static final Comparator<QueueCount> LONGEST_FIRST =
      Comparator.comparingLong((QueueCount count) -> -count.in(JobStatus.QUEUED))
          .thenComparing(QueueCount::queue);

  private final RecoveryStore jobs;
  private final QueuePauses pauses;
  private final WorkerStore workers;
  private final JobRates rates;
  private final InstantSource clock = InstantSource.system();
  private final SharedAnswers<String, List<QueueCount>> counts = new SharedAnswers<>();

  QueueController(RecoveryStore jobs, QueuePauses pauses, WorkerStore workers, JobRates rates) {
    this.jobs = jobs;
    this.pauses = pauses;
    this.workers = workers;
    this.rates = rates;
  }

  @GetMapping
  Map<String, List<Map<String, Object>>> list(HttpServletRequest request) {
    QueryParams.of(request);
    List<QueuePause> paused = pauses.pauses();
    Instant now = clock.instant();
    List<WorkerSummary> serving =
        workers.summaries(WorkerStore.MAX_LISTED).stream()
            .filter(worker -> !worker.gone() && !worker.leaving() && !worker.isSilent(now))
            .toList();
    RateWindow minute = RateWindow.endingAt(now);
    Map<String, JobCounts> lately = RateWindow.byQueue(rates.since(minute.from()));
    return Map.of(
        "items",
        withEmpty(counts.get("queues", jobs::count), paused, serving).stream()
            .sorted(LONGEST_FIRST)
            .map(count ->
                json(
                    count,
                    rates(lately.getOrDefault(count.queue(), JobCounts.ZERO), minute),
                    paused,
                    serving))
            .toList());
  }

  /**
   * Adds paused and served queues that are empty: otherwise nobody could resume the one, or pause
   * the other in advance.
   */
  private static List<QueueCount> withEmpty(
      List<QueueCount> counts, List<QueuePause> pauses, List<WorkerSummary> workers) {
    Set<String> known = counts.stream().map(QueueCount::queue).collect(Collectors.toSet());
    List<QueueCount> all = new ArrayList<>(counts);
    Stream.concat(
            pauses.stream().map(QueuePause::queue),
            workers.stream()
                .flatMap(worker -> worker.queues().stream())
                .flatMap(QueueController::named))
        .filter(known::add)
        .forEach(name -> all.add(new QueueCount(name, Map.of(), null)));
    return all;
  }

  /** The queue that a selection has the name of. */
  private static Stream<String> named(QueueSelection selection) {
    return switch (selection) {
      case Exact(String queue) -> Stream.of(queue);
      case Raw(String queue) -> Stream.of(queue);
      case Prefix _, Reverse _ -> Stream.empty();
    };
  }

  private static Map<String, Object> rates(JobCounts lately, RateWindow minute) {
    Map<String, Object> rates = new LinkedHashMap<>();
    rates.put("enqueued", minute.perSecond(lately.enqueued()));
    rates.put("finished", minute.perSecond(lately.finished()));
    return rates;
  }

  private static Map<String, Object> json(
      QueueCount count,
      Map<String, Object> rates,
      List<QueuePause> pauses,
      List<WorkerSummary> workers) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", count.queue());
    json.put("size", count.in(JobStatus.QUEUED));
    json.put("queued", count.in(JobStatus.QUEUED));
    json.put("started", count.in(JobStatus.STARTED));
    json.put("retry", count.in(JobStatus.RETRY));
    json.put("interrupt", count.in(JobStatus.INTERRUPT));
    if (!count.atLeast().isEmpty()) {
      json.put("at_least", count.atLeast().stream().map(JobStatus::text).sorted().toList());
    }
    if (count.oldest() != null) {
      json.put("oldest", JsonValues.date(count.oldest()));
    }
    json.put("rates", rates);
    json.put("workers", workers.stream().filter(worker -> worker.serves(count.queue())).count());
    QueueActions.pauseOf(count.queue(), pauses).ifPresent(p -> json.put("paused", json(p)));
    return json;
  }

  private static Map<String, Object> json(QueuePause pause) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("who", pause.who());
    json.put("why", pause.why());
    json.put("at", JsonValues.date(pause.at()));
    return json;
  }
}
