package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.mrq.access.ApiKeys;
import io.mrq.audit.AuditLog;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkMoves;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedMongoOptions;
import io.mrq.engine.worker.Worker;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.key.JobKeys;
import io.mrq.log.JobLogStore;
import io.mrq.mongo.MongoStores;
import io.mrq.query.JobQueries;
import io.mrq.queue.ParkedTasks;
import io.mrq.queue.QueuePauses;
import io.mrq.recovery.RecoveryStore;
import io.mrq.schedule.ScheduleStore;
import io.mrq.stats.JobRates;
import io.mrq.stats.QueueStats;
import io.mrq.store.JobMoves;
import io.mrq.store.JobStore;
import io.mrq.task.TaskStore;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import io.mrq.worker.WorkerStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Applications that bring their own stores, or their own way to them. */
class OwnStoresTest {
  @TempDir Path data;

  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import(LifeCycleTest.Application.class)
  static class OwnClient {
    @Bean
    MongoClient own(@Value("${own.uri}") String uri) {
      return MongoClients.create(uri);
    }
  }

  /** Where spring.mongodb.uri would lead there is another MongoDB, which nobody may use. */
  @Test
  void beatsAndJobsAreInTheDatabaseOfTheApplicationsOwnClient() {
    try (EmbeddedMongo other = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
        EmbeddedMongo own = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
        MongoClient client = MongoClients.create(own.uri());
        MongoClient elsewhere = MongoClients.create(other.uri());
        var application =
            Guest.start(
                data,
                OwnClient.class,
                "--own.uri=" + own.uri(),
                "--spring.mongodb.uri=" + other.uri())) {
      JobId id = Guest.enqueue(application, "echo");
      Guest.awaitStatus(application, id, JobStatus.SUCCESS);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> beats(client, application.getBean(Worker.class)) > 1);
      assertThat(elsewhere.getDatabase("mrq").listCollectionNames()).isEmpty();
    }
  }

  private static long beats(MongoClient client, Worker worker) {
    Document document =
        client
            .getDatabase("mrq")
            .getCollection("mrq_workers")
            .find(new Document("_id", new org.bson.types.ObjectId(worker.id().hex())))
            .first();
    return document == null ? 0 : document.getLong("beat");
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(
      exclude = {
        MongoAutoConfiguration.class,
        DataMongoAutoConfiguration.class,
        DataRedisAutoConfiguration.class
      })
  @Import(LifeCycleTest.Application.class)
  static class InMemory {
    private final InMemoryStore memory = new InMemoryStore(InstantSource.system());

    @Bean
    JobStore jobs() {
      return memory.jobs();
    }

    @Bean
    RecoveryStore recovery() {
      return memory.recovery();
    }

    @Bean
    JobMoves moves() {
      return memory.moves();
    }

    @Bean
    JobQueries queries() {
      return memory.queries();
    }

    @Bean
    JobKeys keys() {
      return memory.keys();
    }

    @Bean
    WorkerStore workers() {
      return memory.workers();
    }

    @Bean
    QueuePauses pauses() {
      return memory.pauses();
    }

    @Bean
    ParkedTasks parked() {
      return memory.parked();
    }

    @Bean
    TaskStore taskStore() {
      return memory.tasks();
    }

    @Bean
    QueueStats stats() {
      return memory.stats();
    }

    @Bean
    AuditLog audit() {
      return memory.audit();
    }

    @Bean
    BulkActionStore actions() {
      return memory.actions();
    }

    @Bean
    BulkMoves bulk() {
      return memory.bulk();
    }

    @Bean
    ScheduleStore schedules() {
      return memory.schedules();
    }

    @Bean
    JobRates rates() {
      return memory.rates();
    }

    @Bean
    JobLogStore logs() {
      return memory.logs();
    }

    @Bean
    ApiKeys apiKeys() {
      return memory.apiKeys();
    }

    @Bean
    DispatchIndex index() {
      return new InMemoryDispatchIndex();
    }
  }

  // WRK-28
  @Test
  void withPortsOfTheApplicationsOwnNeitherMongoNorRedisIsNeeded() {
    try (var application = Guest.start(data, InMemory.class, "--mrq.embedded.enabled=false")) {
      assertThat(application.getBean(DispatchIndex.class))
          .isInstanceOf(InMemoryDispatchIndex.class);
      assertThat(application.getBeanFactory().containsSingleton("mrqStores")).isFalse();
      assertThat(application.getBeanNamesForType(MongoStores.class)).hasSize(1);
      Guest.awaitStatus(application, Guest.enqueue(application, "flaky"), JobStatus.SUCCESS);
    }
  }
}
