package io.mrq.testing;

import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.schedule.MrqSchedule;
import io.mrq.schedule.Overlap;
import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Tasks with which the test kit is tested; {@link #ran} tells what has run, in its order. */
public class SampleTasks {
  final List<String> ran = new ArrayList<>();
  private final JobClient client;
  private final TestClock clock;

  SampleTasks(JobClient client, TestClock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** The application of these tasks. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(SampleTasks.class)
  public static class Application {}

  /** How deep a tree of jobs is. */
  public record Tree(int depth) {}

  /** Notes its name. */
  @MrqTask("sample.note")
  public void note(Map<String, Object> params) {
    ran.add(params.get("name") + " at " + clock.instant());
  }

  /** Enqueues two jobs that enqueue two jobs, down to a depth. */
  @MrqTask("sample.tree")
  public void tree(Tree params) {
    int depth = params.depth();
    ran.add("depth " + depth);
    for (int i = 0; i < 2 && depth > 0; i++) {
      client.enqueue(JobRequest.of("sample.tree").param("depth", depth - 1));
    }
  }

  /** Enqueues itself without end. */
  @MrqTask("sample.forever")
  public void forever() {
    client.enqueue(JobRequest.of("sample.forever"));
  }

  /** Never succeeds. */
  @MrqTask(
      value = "sample.broken",
      maxRetries = 3,
      retryDelay = "10s",
      retryMultiplier = 2,
      retryOn = IllegalStateException.class)
  public void broken() {
    ran.add("broken at " + clock.instant());
    throw new IllegalStateException("broken");
  }

  /** Asks for a retry at once. */
  @MrqTask(value = "sample.again", maxRetries = 2)
  public void again() {
    ran.add("again");
    throw JobContext.current().orElseThrow().retry("again", Duration.ZERO);
  }

  /** Takes longer than it may. */
  @MrqTask(value = "sample.slow", timeout = "100ms")
  public void slow() throws InterruptedException {
    TimeUnit.MINUTES.sleep(1);
  }

  /** Runs every ten minutes, but not beside an earlier job. */
  @MrqTask(value = "sample.tick", retryDelay = "25m", retryOn = IllegalStateException.class)
  @MrqSchedule(every = "10m", start = "2026-01-05T08:10:00Z", overlap = Overlap.SKIP)
  public void tick() {
    ran.add("tick at " + clock.instant());
    if (ran.size() == 1) {
      throw new IllegalStateException("only the first time");
    }
  }
}
