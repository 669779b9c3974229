package io.mrq.autoconfigure.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.mrq.autoconfigure.lifecycle.LoopLifecycle;
import io.mrq.job.JobStatus;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.QueuePauses;
import io.mrq.queue.QueueStates;
import io.mrq.stats.QueueCount;
import io.mrq.stats.QueueSample;
import io.mrq.stats.QueueStats;
import io.mrq.store.StoreUnavailableException;
import io.mrq.worker.WorkerStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The backlog as gauges, read from the sample that all processes share. */
final class QueueGauges extends LoopLifecycle {
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final int MAX_QUEUES = 200;
  private static final Map<JobStatus, String> STATES =
      Map.of(
          JobStatus.QUEUED, "ready",
          JobStatus.STARTED, "running",
          JobStatus.RETRY, "retry",
          JobStatus.INTERRUPT, "interrupt");

  private final QueueStats stats;
  private final WorkerStore workers;
  private final QueuePauses pauses;
  private final StoreGauges answers;
  private final InstantSource clock;
  private final MultiGauge jobs;
  private final MultiGauge oldest;
  private final MultiGauge paused;
  private final MultiGauge parked;

  /** When the newest counts were taken; until there are some, when this process began. */
  private volatile Instant counted;

  private volatile int queues;
  private volatile int alive;

  QueueGauges(
      QueueStats stats,
      WorkerStore workers,
      QueuePauses pauses,
      StoreGauges answers,
      MeterRegistry registry,
      InstantSource clock) {
    super("mrq-gauges");
    this.stats = stats;
    this.workers = workers;
    this.pauses = pauses;
    this.answers = answers;
    this.clock = clock;
    counted = clock.instant();
    jobs =
        MultiGauge.builder("mrq.queue.jobs")
            .description("Unfinished jobs of a queue by state")
            .register(registry);
    oldest =
        MultiGauge.builder("mrq.queue.oldest.age")
            .description("Age of the oldest job that is ready in a queue")
            .baseUnit("seconds")
            .register(registry);
    paused =
        MultiGauge.builder("mrq.queue.paused")
            .description("Whether a queue is paused: 1 or 0")
            .register(registry);
    parked =
        MultiGauge.builder("mrq.queue.parked")
            .description("Jobs of a queue that wait for a worker that knows their task")
            .register(registry);
    Gauge.builder("mrq.worker.alive", () -> alive)
        .description("Workers of all processes that beat")
        .register(registry);
    Gauge.builder("mrq.stats.age", () -> seconds(counted, clock.instant()))
        .description("Age of the counts of queues, which grows while no scheduler works")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("mrq.queue.known", () -> queues)
        .description("Queues that hold unfinished jobs, shown or not")
        .register(registry);
  }

  @Override
  protected Duration step() {
    try {
      read();
      answers.mongoAnswered(true);
      return PERIOD;
    } catch (StoreUnavailableException e) {
      answers.mongoAnswered(false);
      throw e;
    }
  }

  private void read() {
    Instant now = clock.instant();
    Optional<QueueSample> sample = stats.sample(now);
    sample.ifPresent(s -> counted = s.at());
    List<QueueCount> counts = sample.map(QueueSample::counts).orElse(List.of());
    alive = workers.beats().size();
    publish(counts, pauses.states());
    queues = counts.size();
    List<QueueCount> shown = counts.stream().limit(MAX_QUEUES).toList();
    jobs.register(
        shown.stream()
            .<MultiGauge.Row<?>>flatMap(c ->
                STATES.entrySet().stream()
                    .map(s ->
                        MultiGauge.Row.of(
                            Tags.of("queue", c.queue(), "state", s.getValue()), c.in(s.getKey()))))
            .toList(),
        true);
    oldest.register(
        shown.stream()
            .<MultiGauge.Row<?>>map(
                c -> MultiGauge.Row.of(Tags.of("queue", c.queue()), age(c, now)))
            .toList(),
        true);
  }

  private void publish(List<QueueCount> counts, QueueStates states) {
    Map<String, Long> waiting =
        states.parked().stream()
            .collect(
                Collectors.groupingBy(
                    ParkedTask::queue, Collectors.summingLong(ParkedTask::waiting)));
    Set<String> names = new TreeSet<>(states.paused());
    counts.forEach(count -> names.add(count.queue()));
    names.addAll(waiting.keySet());
    register(paused, names, queue -> states.paused().contains(queue) ? 1 : 0);
    register(parked, names, queue -> waiting.getOrDefault(queue, 0L));
  }

  private static void register(
      MultiGauge gauge, Set<String> queues, Function<String, Number> value) {
    gauge.register(
        queues.stream()
            .limit(MAX_QUEUES)
            .<MultiGauge.Row<?>>map(
                queue -> MultiGauge.Row.of(Tags.of("queue", queue), value.apply(queue)))
            .toList(),
        true);
  }

  private static double age(QueueCount count, Instant now) {
    Instant date = count.oldest();
    return date == null ? 0 : seconds(date, now);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }
}
