package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import io.mrq.task.PublishedTask;
import io.mrq.task.RetryRequest;
import io.mrq.task.SettingOrigin;
import io.mrq.task.Task;
import io.mrq.task.TaskCatalog;
import io.mrq.task.TaskInterceptor;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskRelease;
import io.mrq.task.TaskSetting;
import io.mrq.task.TaskStore;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Tasks as a user writes them, run by the starter's worker on the embedded stores. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@DirtiesContext
class TasksOfAnApplicationTest {
  @TempDir static Path data;

  @Autowired private JobClient client;
  @Autowired private JobInspector inspector;
  @Autowired private TaskRegistry registry;
  @Autowired private TaskStore published;
  @Autowired private TaskCatalog catalog;
  @Autowired private Queue<String> advice;

  @DynamicPropertySource
  static void stores(DynamicPropertyRegistry properties) {
    properties.add("mrq.embedded.data-dir", data::toString);
    properties.add("mrq.worker.queues", () -> "default,mails");
    properties.add("spring.application.version", () -> "7.1");
    properties.add("mrq.task-settings.[mails.welcome].abort-ttl", () -> "3d");
  }

  private Job ended(JobRequest request) {
    JobId id = client.enqueue(request).id();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> inspector.find(id).filter(j -> j.status().isFinal()).isPresent());
    return inspector.find(id).orElseThrow();
  }

  // RES-01, RES-02
  @Test
  void paramsAreBoundToARecordAndTheResultIsPlain() {
    Job job = ended(JobRequest.of("mails.welcome").param("address", "a@b.c").param("copies", 2));
    assertThat(job.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(job.result()).isEqualTo(Map.of("sent", List.of("a@b.c", "a@b.c")));
    assertThat(job.queue()).isEqualTo("mails");
  }

  // ENQ-03, TTL-02, CFG-08
  @Test
  void otherProcessesAreToldOfTheTasks() {
    await().atMost(Duration.ofSeconds(60)).until(() -> !published.releases().isEmpty());
    TaskRelease release = published.load(List.of(published.releases().getFirst().id())).getFirst();

    PublishedTask welcome = release.find("mails.welcome").orElseThrow();

    assertThat(release.version()).isEqualTo("7.1");
    assertThat(welcome.settings().settings().queue()).isEqualTo("mails");
    assertThat(welcome.settings().origins())
        .containsEntry(TaskSetting.QUEUE, SettingOrigin.ANNOTATION)
        .containsEntry(TaskSetting.ABORT_TTL, SettingOrigin.PROPERTY);
    assertThat(welcome.settings().settings().retention().abort()).isEqualTo(Duration.ofDays(3));
    assertThat(welcome.paramsSchema()).contains("\"address\"", "\"minimum\":1");
  }

  // TMO-01, CFG-08
  @Test
  void anOverrideReachesTheRunningWorker() {
    published.override(
        "receipt", Map.of(TaskSetting.MAX_RETRIES, 9), List.of(), "ann", Instant.now());

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> registry.find("receipt").orElseThrow().settings().maxRetries() == 9);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> catalog.settings("receipt").maxRetries() == 9);
  }

  // SEED-30
  @Test
  void aViolationFailsTheJobAtOnceWithTheMessages() {
    Job job = ended(JobRequest.of("mails.welcome").param("address", " ").param("copies", 0));
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.exceptiontype()).isEqualTo("InvalidParamsException");
    assertThat(job.traceback())
        .contains("'address' must not be blank", "'copies' must be greater than or equal to 1");
    assertThat(job.attempt()).isEqualTo(1);
  }

  @Test
  void aParamOfAWrongTypeIsNamedAndItsValueIsNotRepeated() {
    Job job = ended(JobRequest.of("mails.welcome").param("address", "a").param("copies", "secret"));
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.traceback()).contains("'copies' cannot be read as").doesNotContain("secret");
  }

  // CTX-08, SEED-31, SEED-33, SEED-34
  @Test
  void aTaskClassRunsUnderItsNameThroughItsTeamsBaseClass() {
    Job job = ended(JobRequest.of(Shout.class.getName()).param("word", "hi"));
    assertThat(job.result()).isEqualTo("wrapped HI");
  }

  // SEED-31
  @Test
  void theBaseClassTurnsAnErrorIntoARetryForAllItsTasks() {
    JobId id = client.enqueue(JobRequest.of(Shout.class.getName()).param("word", "broken")).id();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> inspector.find(id).orElseThrow().status() == JobStatus.RETRY);
    assertThat(inspector.find(id).orElseThrow().tracebackHistory().getFirst().failure())
        .satisfies(f -> assertThat(f.originalTraceback()).contains("IOException: broken"));
  }

  // SEED-32
  @Test
  void aTaskSwitchesOffWhatItsBaseClassDoes() {
    Job job = ended(JobRequest.of(ShoutOnce.class.getName()).param("word", "broken"));
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.exceptiontype()).isEqualTo("IOException");
  }

  // CTX-08
  @Test
  void aPrototypeTaskIsNewForEachRun() {
    assertThat(ended(JobRequest.of("counter")).result()).isEqualTo(1);
    assertThat(ended(JobRequest.of("counter")).result()).isEqualTo(1);
  }

  @Test
  void interceptorBeansGoAroundEveryTask() {
    ended(JobRequest.of("counter"));
    assertThat(advice).contains("before counter");
  }

  @Test
  void aTaskMayTakeNothingAndReturnNothing() {
    Job job = ended(JobRequest.of("nothing"));
    assertThat(job.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(job.result()).isNull();
  }

  @Test
  void aReceiptKeepsItsDigitsAndItsKeys() {
    Job job = ended(JobRequest.of("receipt").param("net", new BigDecimal("9.90")));
    assertThat(job.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(job.result())
        .isEqualTo(Map.of("net", "9.90", "by", Map.of("mail@example.org", 0.5)));
  }

  @Test
  void theFailureOfAFutureIsTheJobs() {
    Job job = ended(JobRequest.of("future").param("word", "broken"));
    assertThat(job.status()).isEqualTo(JobStatus.FAILED);
    assertThat(job.exceptiontype()).isEqualTo("IOException");
  }

  @Test
  void aFutureIsWaitedForAndInterceptorsSeeWhatComesOfIt() {
    Job job = ended(JobRequest.of("future").param("word", "hi"));
    assertThat(job.result()).isEqualTo("HI");
    assertThat(advice).contains("after future: HI");
  }

  // TMO-01, CFG-08
  @Test
  void theSettingsOfTheAnnotationAreTheTasks() {
    assertThat(registry.catalog().settings("mails.welcome"))
        .satisfies(s -> {
          assertThat(s.queue()).isEqualTo("mails");
          assertThat(s.timeout()).isEqualTo(Duration.ofMinutes(2));
          assertThat(s.maxRetries()).isEqualTo(7);
          assertThat(s.backOff().delay(2)).isEqualTo(Duration.ofSeconds(4));
          assertThat(s.retriesOn(new IOException())).isTrue();
        });
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Mails mails() {
      return new Mails();
    }

    @Bean
    ShoutOnce shoutOnce() {
      return new ShoutOnce();
    }

    @Bean
    Shout shout() {
      return new Shout();
    }

    @Bean
    @Scope("prototype")
    Counter counter() {
      return new Counter();
    }

    @Bean
    Queue<String> advice() {
      return new ConcurrentLinkedQueue<>();
    }

    @Bean
    TaskInterceptor interceptor(Queue<String> advice) {
      return (context, next) -> {
        advice.add("before " + context.job().path());
        Object result = next.proceed();
        advice.add("after %s: %s".formatted(context.job().path(), result));
        return result;
      };
    }
  }

  record Welcome(@NotBlank String address, @Min(1) int copies) {}

  static class Mails {
    @MrqTask(
        value = "mails.welcome",
        queue = "mails",
        timeout = "2m",
        maxRetries = 7,
        retryDelay = "1s",
        retryMultiplier = 2,
        retryOn = IOException.class)
    Map<String, Object> welcome(Welcome params) {
      return Map.of("sent", Collections.nCopies(params.copies(), params.address()));
    }

    @MrqTask("receipt")
    Receipt receipt(Receipt params) {
      return new Receipt(params.net(), Map.of("mail@example.org", 0.5f));
    }

    @MrqTask("future")
    CompletableFuture<String> future(Word params) {
      return params.word().equals("broken")
          ? CompletableFuture.failedFuture(new IOException("broken"))
          : CompletableFuture.supplyAsync(() -> params.word().toUpperCase(Locale.ROOT));
    }

    @MrqTask("nothing")
    void nothing() {}
  }

  record Word(String word) {}

  record Receipt(BigDecimal net, @Nullable Map<String, Float> by) {}

  /** A team's own base class: wraps every result, retries every error of input and output. */
  abstract static class TeamTask extends Task<Word, String> {
    @Override
    public String runWrapped(Word params) throws Exception {
      try {
        return "wrapped " + run(params);
      } catch (IOException e) {
        if (!retries()) {
          throw e;
        }
        throw JobContext.current()
            .orElseThrow()
            .retry(RetryRequest.because(e).after(Duration.ofHours(1)));
      }
    }

    boolean retries() {
      return true;
    }
  }

  static class ShoutOnce extends Shout {
    @Override
    boolean retries() {
      return false;
    }
  }

  static class Shout extends TeamTask {
    @Override
    public String run(Word params) throws IOException {
      if (params.word().equals("broken")) {
        throw new IOException("broken");
      }
      return params.word().toUpperCase(Locale.ROOT);
    }
  }

  @MrqTask("counter")
  static class Counter extends Task<Map<String, Object>, Integer> {
    private int runs;

    @Override
    public Integer run(Map<String, Object> params) {
      return ++runs;
    }
  }
}
