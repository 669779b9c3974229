package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.client.EnqueueEvents;
import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.run.RunTracing;
import io.mrq.engine.worker.Worker;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ConcurrentModificationException;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An application whose tasks, listeners and tracer throw whatever they can: every job ends. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@DirtiesContext
class HostileTasksTest {
  @TempDir static Path data;

  @Autowired private JobClient client;
  @Autowired private JobInspector inspector;
  @Autowired private Worker worker;
  @Autowired private MongoDatabaseFactory database;

  @DynamicPropertySource
  static void stores(DynamicPropertyRegistry properties) {
    properties.add("mrq.embedded.data-dir", data::toString);
    properties.add("mrq.worker.slots", () -> "2");
    properties.add("mrq.worker.drain", () -> "999999d");
  }

  private Job ended(String task) {
    JobId id = client.enqueue(JobRequest.of(task)).id();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> inspector.find(id).filter(j -> j.status().isFinal()).isPresent());
    await().atMost(Duration.ofSeconds(60)).until(() -> worker.busySlots() == 0);
    return inspector.find(id).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"odd", "odd.retry", "odd.cause"})
  void aJobEndsWhateverItsTaskThrows(String task) {
    assertThat(ended(task).status()).isIn(JobStatus.FAILED, JobStatus.MAXRETRIES);
    assertThat(ended("sound").status()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void aJobWhoseResultCannotBeReadIsASuccessWithATextForIt() {
    Job job = ended("once");
    assertThat(job.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(job.result()).asString().startsWith("a " + Tasks.class.getName());
    assertThat(ended("sound").status()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void aRetryBeyondAllDatesWaits() {
    JobId id = client.enqueue(JobRequest.of("parked")).id();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> inspector.find(id).orElseThrow().status() == JobStatus.RETRY);
  }

  @Test
  void aTimeoutBeyondAllNanosecondsLeavesOthersAlone() {
    JobId forEver = client.enqueue(JobRequest.of("forever")).id();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> inspector.find(forEver).orElseThrow().status() == JobStatus.STARTED);
    JobId tooLong = client.enqueue(JobRequest.of("waits").timeout(Duration.ofMillis(200))).id();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> inspector.find(tooLong).orElseThrow().status() == JobStatus.TIMEOUT);
    Tasks.OPEN.countDown();
  }

  @Test
  void aDocumentThatRefusesItsOutcomeStopsNobody() {
    ObjectId id = new ObjectId();
    database
        .getMongoDatabase()
        .getCollection("mrq_jobs")
        .insertOne(
            new Document("_id", id)
                .append("path", "odd")
                .append("params", new Document())
                .append("queue", "default")
                .append("status", "queued")
                .append("datequeued", new Date())
                .append("traceback_history", "none"));
    JobId odd = new JobId(id.toHexString());
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> inspector.find(odd).orElseThrow().status() == JobStatus.FAILED);
    assertThat(inspector.find(odd).orElseThrow().exceptiontype()).isEqualTo("Odd");
    assertThat(ended("sound").status()).isEqualTo(JobStatus.SUCCESS);
  }

  static class Odd extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message yet");
    }
  }

  static class Tasks {
    static final CountDownLatch OPEN = new CountDownLatch(1);

    @MrqTask("sound")
    String sound() {
      return "e";
    }

    @MrqTask("odd")
    void odd() {
      throw new Odd();
    }

    @MrqTask(value = "odd.retry", retryOn = Odd.class, maxRetries = 1, retryDelay = "0")
    void oddRetry() {
      throw new Odd();
    }

    @MrqTask("odd.cause")
    void oddCause() {
      throw new IllegalStateException("outer", new Odd());
    }

    @MrqTask("parked")
    void parked() {
      throw JobContext.current()
          .orElseThrow()
          .retry("by hand only", Duration.ofMillis(Long.MAX_VALUE));
    }

    @MrqTask(value = "forever", timeout = "200000d")
    void forEver() throws InterruptedException {
      OPEN.await();
    }

    @MrqTask("waits")
    void waits() throws InterruptedException {
      OPEN.await();
    }

    /** Stands for a list that another thread still writes to. */
    @MrqTask("once")
    List<Integer> once() {
      return new AbstractList<>() {
        @Override
        public Integer get(int index) {
          return index;
        }

        @Override
        public int size() {
          return 3;
        }

        @Override
        public Iterator<Integer> iterator() {
          throw new ConcurrentModificationException();
        }
      };
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class App {
    @Bean
    Tasks tasks() {
      return new Tasks();
    }

    @Bean
    WorkerEvents hostileEvents() {
      return event -> {
        throw new IllegalStateException(event.toString());
      };
    }

    @Bean
    EnqueueEvents hostileEnqueues() {
      return new EnqueueEvents() {
        @Override
        public void enqueued(NewJob job) {
          throw new IllegalStateException("enqueued");
        }

        @Override
        public void deduplicated(NewJob job) {
          throw new IllegalStateException("deduplicated");
        }
      };
    }

    @Bean
    RunTracing hostileTracing() {
      return _ -> {
        throw new IllegalStateException("begin");
      };
    }
  }
}
