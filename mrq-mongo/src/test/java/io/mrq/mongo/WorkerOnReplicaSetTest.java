package io.mrq.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.log.JobLogLimits;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.run.RunTracing;
import io.mrq.engine.worker.Worker;
import io.mrq.engine.worker.WorkerOptions;
import io.mrq.engine.worker.WorkerPeriod;
import io.mrq.engine.worker.WorkerPeriods;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.ServedQueues;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskSettings;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker whose MongoDB answers as a replica set does on its bad days. */
@Timeout(120)
class WorkerOnReplicaSetTest {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  final MongoDatabase direct = TestMongo.newDatabase();
  final ReplicaSetRelay relay = new ReplicaSetRelay(TestMongo.server());
  final MongoClient client = MongoClients.create(relay.settings().build());
  final MongoStores stores = MongoStores.of(client.getDatabase(direct.getName()));
  final AtomicInteger ran = new AtomicInteger();
  final AtomicInteger unansweredBeats = new AtomicInteger();
  final Queue<JobStatus> finished = new ConcurrentLinkedQueue<>();
  final InMemoryDispatchIndex index = new InMemoryDispatchIndex();
  final TaskRegistry tasks =
      new TaskRegistry(
          List.of(
              new TaskDefinition("tests.Count", TaskSettings.DEFAULT, _ -> ran.incrementAndGet())));
  final JobClient jobs =
      new JobClient(
          new JobClient.Ports(
              stores.jobs(), stores.queries(), stores.keys(), new JobDispatcher(index)),
          tasks.catalog(),
          JobClient.Observers.NONE,
          CLOCK,
          Runnable::run);
  final Worker worker = worker();

  WorkerOnReplicaSetTest() throws IOException {}

  private Worker worker() {
    WorkerEvents events =
        event -> {
          switch (event) {
            case WorkerEvent.Finished(_, JobStatus outcome, _) -> finished.add(outcome);
            case WorkerEvent.Beat(boolean answered) when !answered ->
                unansweredBeats.incrementAndGet();
            default -> {}
          }
        };
    WorkerOptions options =
        WorkerOptions.of("test", ServedQueues.of(List.of("default")), 20)
            .with(
                WorkerPeriods.DEFAULT
                    .with(WorkerPeriod.BEAT, Duration.ofMillis(200))
                    .with(WorkerPeriod.AUDIT, Duration.ofMillis(500))
                    .with(WorkerPeriod.PROGRESS, Duration.ofMillis(200)));
    return new Worker(
        options,
        new Worker.Ports(
            stores.jobs(),
            stores.workers(),
            stores.pauses(),
            stores.parked(),
            index,
            new JobDispatcher(index)),
        tasks,
        List.of(),
        new Worker.Observers(
            events,
            JobLogs.to(stores.logs(), JobLogLimits.DEFAULT, events, CLOCK),
            RunTracing.NONE),
        CLOCK);
  }

  @AfterEach
  void close() {
    worker.stop();
    client.close();
    relay.close();
  }

  @ParameterizedTest(name = "code {0}")
  @ValueSource(ints = {1, 112, 189, 262, 319, 365, 371, 407, 8000, 10107, 11600, 99999})
  void an_end_that_meets_an_error_of_the_server_and_not_of_the_document_is_stored_later(int code) {
    relay.next(this::isEnd, 3, new RelayEffect.OneRefused(0, code));
    worker.start();
    jobs.enqueueAll(requests(5));

    awaitSuccess(5);
    assertThat(relay.isDone()).isTrue();
    assertThat(ran).hasValue(5);
    assertThat(finished).hasSize(5).containsOnly(JobStatus.SUCCESS);
  }

  @ParameterizedTest(name = "write concern error {0}")
  @ValueSource(ints = {64, 91, 100})
  void an_end_that_was_applied_and_not_confirmed_is_looked_up_and_told_once(int code) {
    relay.next(this::isEnd, 1, RelayEffect.unconfirmed(code));
    worker.start();
    jobs.enqueueAll(requests(5));

    awaitSuccess(5);
    await().atMost(PATIENCE).until(() -> finished.size() == 5);
    assertThat(relay.isDone()).isTrue();
    assertThat(ran).hasValue(5);
    assertThat(finished).containsOnly(JobStatus.SUCCESS);
  }

  @ParameterizedTest(name = "code {0}")
  @ValueSource(ints = {91, 407, 11602, 99999})
  void a_claim_that_meets_an_error_of_the_server_is_made_later(int code) {
    relay.next(command -> isUpdateTo(command, "started"), 3, RelayEffect.failing(code));
    worker.start();
    jobs.enqueueAll(requests(5));

    awaitSuccess(5);
    assertThat(ran).hasValue(5);
  }

  @Test
  void a_step_down_under_load_loses_no_job_and_makes_no_storm_of_commands() throws Exception {
    worker.start();
    List<JobId> accepted = new ArrayList<>();
    accepted.addAll(jobs.enqueueAll(requests(100)));
    await().atMost(PATIENCE).until(() -> !finished.isEmpty());

    relay.stepDown();
    relay.forget();
    Thread more =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 10; i++) {
                accepted.addAll(enqueuedWhenPossible(10));
              }
            });
    int beats = unansweredBeats.get();
    await().atMost(PATIENCE).until(() -> unansweredBeats.get() >= beats + 3);
    int whileNobodyWasPrimary = relay.received().size();
    relay.elect(1);
    more.join();

    awaitSuccess(200);
    assertThat(accepted).doesNotHaveDuplicates().hasSize(200);
    assertThat(whileNobodyWasPrimary).isLessThan(200);
  }

  private List<JobId> enqueuedWhenPossible(int count) {
    while (true) {
      try {
        return jobs.enqueueAll(requests(count));
      } catch (StoreUnavailableException e) {
        // As a caller does who is told to try again.
      }
    }
  }

  private void awaitSuccess(int count) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            direct.getCollection("mrq_jobs").countDocuments(new Document("status", "success"))
                == count);
  }

  private static List<JobRequest> requests(int count) {
    return IntStream.range(0, count).mapToObj(_ -> JobRequest.of("tests.Count")).toList();
  }

  private boolean isEnd(BsonDocument command) {
    return isUpdateTo(command, "success");
  }

  private static boolean isUpdateTo(BsonDocument command, String status) {
    return command.getFirstKey().equals("update")
        && command.toJson().contains("\"status\": \"" + status + "\"")
        && command.getString("update").getValue().equals("mrq_jobs");
  }
}
