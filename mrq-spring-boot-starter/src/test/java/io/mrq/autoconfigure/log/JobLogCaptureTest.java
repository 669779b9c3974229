package io.mrq.autoconfigure.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.log.JobLogCursor;
import io.mrq.log.JobLogLine;
import io.mrq.log.JobLogStore;
import io.mrq.task.MrqTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What a task logs through SLF4J is kept with its job. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = {"mrq.worker.logs.level=info", "logging.level.jobs=trace"})
@DirtiesContext
class JobLogCaptureTest {
  private static final Logger log = LoggerFactory.getLogger("jobs.Talker");

  @TempDir static Path data;

  @Autowired private JobClient client;
  @Autowired private JobInspector inspector;
  @Autowired private JobLogStore logs;
  @Autowired private Talker talker;

  @DynamicPropertySource
  static void stores(DynamicPropertyRegistry properties) {
    properties.add("mrq.embedded.data-dir", data::toString);
  }

  private List<JobLogLine> lines(JobId id) {
    return logs.after(id, JobLogCursor.START, 100).lines();
  }

  // LOG-01, SEED-12, BUG-07
  @Test
  void linesOfARunningJobAreKeptWithLevelLoggerAndTrace() {
    log.info("nobody's");
    JobId id = client.enqueue(JobRequest.of("talk")).id();
    await().atMost(Duration.ofSeconds(60)).until(() -> lines(id).size() == 3);
    assertThat(inspector.find(id).orElseThrow().status()).isEqualTo(JobStatus.STARTED);
    talker.go.countDown();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> inspector.find(id).orElseThrow().status() == JobStatus.SUCCESS);

    List<JobLogLine> lines = lines(id);
    assertThat(lines)
        .extracting(JobLogLine::level)
        .containsExactly("INFO", "ERROR", "WARN", "INFO");
    assertThat(lines).extracting(JobLogLine::logger).containsOnly("jobs.Talker");
    assertThat(lines.get(0).message()).isEqualTo("hello world");
    assertThat(lines.get(1).message())
        .startsWith("it broke\njava.lang.IllegalStateException: no luck\n\tat ")
        .contains("JobLogCaptureTest");
    assertThat(lines.get(2).message()).isEqualTo("from another thread");
    assertThat(lines.get(3).message()).isEqualTo("done");
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Talker talker() {
      return new Talker();
    }
  }

  static class Talker {
    final CountDownLatch go = new CountDownLatch(1);

    @MrqTask("talk")
    void talk() throws InterruptedException {
      log.info("hello {}", "world");
      log.debug("below the level");
      log.error("it broke", new IllegalStateException("no luck"));
      Map<String, String> mdc = MDC.getCopyOfContextMap();
      Thread.startVirtualThread(
              () -> {
                MDC.setContextMap(mdc);
                log.warn("from another thread");
              })
          .join();
      go.await(60, TimeUnit.SECONDS);
      log.info("done");
    }
  }
}
