package io.mrq.benchmarks.row;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.mrq.autoconfigure.store.MongoAccess;
import io.mrq.benchmarks.process.Stores;
import io.mrq.benchmarks.worker.BenchTasks;
import io.mrq.benchmarks.worker.CommandCounter;
import io.mrq.benchmarks.worker.CommandCounting;
import io.mrq.benchmarks.worker.SentCommands;
import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.mongo.MongoStores;
import io.mrq.queue.QueueActions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.bson.Document;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * An application that enqueues jobs with the starter and runs none, and another that does the
 * maintenance, both in the process of the driver.
 */
final class EnqueueingApplication implements AutoCloseable {
  private static final int BATCH = 1_000;

  /** Longer than the workers of the bench need to notice that a queue is paused. */
  private static final long PAUSE_NOTICED_MILLIS = 2_000;

  private final ConfigurableApplicationContext context;

  /** As in every installation, something maintains; its commands are not those of the client. */
  private final ConfigurableApplicationContext maintenance;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(CommandCounting.class)
  static class Application {}

  EnqueueingApplication(Stores stores) {
    context = start(stores, false);
    // Before anything is measured, instead of in the background.
    var _ = context.getBean(MongoStores.class).indexes().ensure();
    maintenance = start(stores, true);
  }

  private static ConfigurableApplicationContext start(Stores stores, boolean maintains) {
    List<String> options = new ArrayList<>(stores.options());
    options.addAll(
        List.of(
            "--mrq.worker.enabled=false",
            "--mrq.scheduler.enabled=" + maintains,
            "--mrq.mongo.indexes=none",
            "--logging.level.root=warn",
            "--logging.level.io.lettuce.core.resource=error",
            "--spring.main.register-shutdown-hook=false"));
    return new SpringApplicationBuilder(Application.class)
        .web(WebApplicationType.NONE)
        .bannerMode(Banner.Mode.OFF)
        .run(options.toArray(String[]::new));
  }

  JobClient client() {
    return context.getBean(JobClient.class);
  }

  MongoDatabase database() {
    return context.getBean(MongoAccess.class).database();
  }

  MongoCollection<Document> jobs() {
    return database().getCollection("mrq_jobs");
  }

  SentCommands commands() {
    return context.getBean(CommandCounter.class).sent();
  }

  /** Holds the workers back, and returns when they have noticed. */
  void pause() throws InterruptedException {
    context.getBean(QueueActions.class).pause(Setup.QUEUE, "bench", "");
    Thread.sleep(PAUSE_NOTICED_MILLIS);
  }

  void resume() {
    var _ = context.getBean(QueueActions.class).resume(Setup.QUEUE);
  }

  /** Asks for a job that does nothing. */
  static JobRequest noop(int number) {
    return JobRequest.of(BenchTasks.NOOP).queue(Setup.QUEUE).param(BenchTasks.NUMBER, number);
  }

  /** Enqueues jobs that do nothing, in batches of 1,000. */
  void fill(int jobs) {
    fill(jobs, EnqueueingApplication::noop);
  }

  /** Enqueues jobs in batches of 1,000. */
  void fill(int jobs, IntFunction<JobRequest> request) {
    for (int from = 0; from < jobs; from += BATCH) {
      List<JobRequest> batch = new ArrayList<>(BATCH);
      for (int i = from; i < Math.min(jobs, from + BATCH); i++) {
        batch.add(request.apply(i));
      }
      var _ = client().enqueueAll(batch);
    }
  }

  @Override
  public void close() {
    maintenance.close();
    context.close();
  }
}
