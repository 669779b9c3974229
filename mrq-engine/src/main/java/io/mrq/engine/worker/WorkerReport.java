package io.mrq.engine.worker;

import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.worker.WorkerStore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The worker's document, for people. Python's dashboard can read its fields too. */
final class WorkerReport {
  private static final int MAX_JOBS = 200;

  /** The innermost frames of each thread of a job. */
  private static final int MAX_FRAMES = 20;

  /** Up to this many running jobs are in every report; more of them only now and then. */
  private static final int FEW_JOBS = 20;

  private final WorkerOptions options;
  private final WorkerSlots slots;
  private final RunningJobs runs;
  private final InstantSource clock;
  private final LongSupplier doneJobs;
  private final Instant started;
  private volatile String phase = "";
  private volatile Instant stacksReported = Instant.MIN;

  WorkerReport(
      WorkerOptions options,
      WorkerSlots slots,
      RunningJobs runs,
      LongSupplier doneJobs,
      InstantSource clock) {
    this.options = options;
    this.slots = slots;
    this.runs = runs;
    this.clock = clock;
    this.doneJobs = doneJobs;
    this.started = clock.instant();
  }

  /** Sets the status of a worker that stops: {@code join}, {@code killing} or {@code stop}. */
  void phase(String status) {
    phase = status;
  }

  /** The whole document, for a new lease. */
  Map<String, @Nullable Object> whole() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("name", options.name());
    document.put("config", config());
    document.put("datestarted", started);
    document.putAll(changing());
    return document;
  }

  /** The fields that change while the worker runs. */
  Map<String, @Nullable Object> changing() {
    Map<String, @Nullable Object> fields = figures();
    fields.put("jobs", jobs());
    return fields;
  }

  private Map<String, @Nullable Object> figures() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("status", status());
    fields.put("datereported", clock.instant());
    fields.put("done_jobs", doneJobs.getAsLong());
    fields.put("usage_avg", (slots.size() - slots.free()) / (double) slots.size());
    fields.put("process", process());
    return fields;
  }

  Duration step(WorkerStore store, WorkerLease lease) {
    store.report(lease.id(), reportsJobs(clock.instant()) ? changing() : figures());
    return options.periods().of(WorkerPeriod.REPORT);
  }

  /** Stacks are the largest part of a report, and every server of a replica set stores them. */
  private boolean reportsJobs(Instant now) {
    Instant next = stacksReported.plus(options.periods().of(WorkerPeriod.STACKS));
    if (runs.all().size() > FEW_JOBS && now.isBefore(next)) {
      return false;
    }
    stacksReported = now;
    return true;
  }

  private String status() {
    if (!phase.isEmpty()) {
      return phase;
    }
    int free = slots.free();
    return free == 0 ? "full" : free == slots.size() ? "wait" : "started";
  }

  private Map<String, @Nullable Object> config() {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("name", options.name());
    config.put("queues", options.queues().names());
    config.put("greenlets", options.slots());
    config.put("local_ip", ProcessUsage.address());
    config.put("processes", 0);
    String release = options.release().get();
    if (!release.isEmpty()) {
      config.put("release", release);
    }
    return config;
  }

  private static Map<String, @Nullable Object> process() {
    ProcessUsage usage = ProcessUsage.now();
    Map<String, @Nullable Object> process = new LinkedHashMap<>();
    process.put("pid", (int) ProcessHandle.current().pid());
    process.put(
        "cpu",
        Map.of(
            "user",
            usage.userSeconds(),
            "system",
            usage.systemSeconds(),
            "percent",
            ProcessUsage.cpuPercent()));
    process.put(
        "mem",
        Map.of("rss", usage.rss(), "swap", usage.swap(), "total", usage.rss() + usage.swap()));
    process.put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
    return process;
  }

  private List<Map<String, @Nullable Object>> jobs() {
    return runs.all().stream().limit(MAX_JOBS).map(WorkerReport::job).toList();
  }

  private static Map<String, @Nullable Object> job(RunningJob running) {
    Map<String, @Nullable Object> job = new LinkedHashMap<>();
    job.put("id", running.job().id().hex());
    job.put("path", running.job().path());
    job.put("datestarted", running.job().datestarted());
    // Each with its line break: Python's dashboard joins them with nothing in between.
    job.put(
        "stack",
        running.stacks().stream()
            .flatMap(stack -> stack.lines().limit(MAX_FRAMES))
            .map(line -> line.strip() + "\n")
            .toList());
    return job;
  }
}
