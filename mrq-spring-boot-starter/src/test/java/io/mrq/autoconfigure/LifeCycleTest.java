package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.autoconfigure.lifecycle.BackgroundLifecycle;
import io.mrq.client.JobRequest;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import io.mrq.worker.WorkerStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Start, stop and start again, as Spring means it. */
class LifeCycleTest {
  @TempDir Path data;

  static class Tasks {
    @MrqTask("echo")
    String echo() {
      return "e";
    }

    @MrqTask(
        value = "flaky",
        maxRetries = 1,
        retryDelay = "1s",
        retryOn = IllegalStateException.class)
    String flaky() {
      if (JobContext.current().orElseThrow().job().attempt() == 1) {
        throw new IllegalStateException("the first attempt");
      }
      return "second";
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Tasks tasks() {
      return new Tasks();
    }
  }

  private static void assertThatAJobRuns(ConfigurableApplicationContext application) {
    JobId id = Guest.enqueue(application, "echo");
    Guest.awaitStatus(application, id, JobStatus.SUCCESS);
  }

  @Test
  void aStoppedApplicationRunsJobsWhenItStartsAgain() {
    try (var application = Guest.start(data, Application.class)) {
      assertThatAJobRuns(application);
      application.stop();
      application.start();
      assertThatAJobRuns(application);
    }
  }

  @Test
  void aPausedApplicationRunsJobsAndRetriesThemWhenItGoesOn() {
    try (var application = Guest.start(data, Application.class)) {
      application.pause();
      assertThat(application.getBeansOfType(BackgroundLifecycle.class).values())
          .isNotEmpty()
          .noneMatch(BackgroundLifecycle::isRunning);
      application.restart();
      Guest.awaitStatus(application, Guest.enqueue(application, "flaky"), JobStatus.SUCCESS);
    }
  }

  @Test
  void lazyInitializationKeepsWorkerAndMaintenanceAtWork() {
    try (var application =
        Guest.start(data, Application.class, "--spring.main.lazy-initialization=true")) {
      assertThat(application.getBeanFactory().containsSingleton("mrqJobLogCapture")).isTrue();
      assertThat(application.getBeanFactory().containsSingleton("mrqWorkerGauges")).isTrue();
      Guest.awaitStatus(application, Guest.enqueue(application, "flaky"), JobStatus.SUCCESS);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(Application.class)
  static class FixedClock {
    @Bean
    Clock clock() {
      return Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    }
  }

  @Test
  void aFixedClockOfTheApplicationIsNotMrqs() {
    try (var application = Guest.start(data, FixedClock.class)) {
      JobId id = Guest.enqueue(application, JobRequest.of("echo").delay(Duration.ofMillis(200)));
      Guest.awaitStatus(application, id, JobStatus.SUCCESS);
    }
  }

  @Test
  void signalsAreTheApplicationsAgainWhenItHasStopped() {
    Signal term = new Signal("TERM");
    AtomicInteger heard = new AtomicInteger();
    SignalHandler before = Signal.handle(term, _ -> heard.incrementAndGet());
    try {
      Guest.start(data, Application.class).close();
      Signal.raise(term);
      await().until(() -> heard.get() == 1);
    } finally {
      Signal.handle(term, before);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class EnqueuesOnly {}

  // CFG-07
  @Test
  void anApplicationWithoutTasksLeavesJobsToOthers() {
    String path = "echo";
    JobId id;
    try (var application = Guest.start(data, EnqueuesOnly.class)) {
      id = Guest.enqueue(application, path);
      assertThat(application.getBean(WorkerStore.class).beats()).isEmpty();
      assertThat(Guest.job(application, id).status()).isEqualTo(JobStatus.QUEUED);
    }
    try (var application = Guest.start(data, Application.class)) {
      Guest.awaitStatus(application, id, JobStatus.SUCCESS);
    }
  }

  /** What the application calls from its jobs. */
  static class Helper {
    @Async
    CompletableFuture<String> help() {
      return CompletableFuture.completedFuture("helped");
    }
  }

  static class Draining {
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch open = new CountDownLatch(1);
    final Helper helper;

    Draining(Helper helper) {
      this.helper = helper;
    }

    @MrqTask("draining")
    String work() throws Exception {
      begun.countDown();
      open.await();
      return helper.help().get();
    }
  }

  /** Stops beside the worker, as the web server does: lets the job go on when it is asked to. */
  record BesideTheWorker(Draining draining) implements SmartLifecycle {
    @Override
    public void start() {}

    @Override
    public void stop() {
      draining.open.countDown();
    }

    @Override
    public boolean isRunning() {
      return true;
    }

    @Override
    public int getPhase() {
      return DEFAULT_PHASE - 1024;
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @EnableAsync(proxyTargetClass = true)
  static class DrainingApplication {
    @Bean
    Helper helper() {
      return new Helper();
    }

    @Bean
    ThreadPoolTaskExecutor taskExecutor() {
      return new ThreadPoolTaskExecutor();
    }

    @Bean
    Draining draining(Helper helper) {
      return new Draining(helper);
    }

    @Bean
    BesideTheWorker besideTheWorker(Draining draining) {
      return new BesideTheWorker(draining);
    }
  }

  /**
   * The job ends only when something else of the phase is asked to stop, so the drain holds nobody
   * up; and then it needs the executor, which must still be open.
   */
  @Test
  void jobsDrainBesideTheWebServerWithExecutorsStillOpen() throws Exception {
    JobId id;
    try (var application = Guest.start(data, DrainingApplication.class)) {
      id = Guest.enqueue(application, "draining");
      application.getBean(Draining.class).begun.await();
    }
    try (var application = Guest.start(data, EnqueuesOnly.class)) {
      assertThat(Guest.awaitStatus(application, id, JobStatus.SUCCESS).result())
          .isEqualTo("helped");
      assertThat(Guest.job(application, id).attempt()).isEqualTo(1);
    }
  }
}
