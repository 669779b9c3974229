package io.mrq.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.job.Completion;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.job.Retention;
import io.mrq.query.JobFilter;
import io.mrq.query.QueryTooSlowException;
import io.mrq.store.StoreUnavailableException;
import io.mrq.test.MutableClock;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a replica set answers while it changes, with the driver's own retries on. */
@Timeout(60)
class RetriedWritesTest {
  private static final Instant NOW = MutableClock.START;

  final MongoDatabase direct = TestMongo.newDatabase();
  final Fixture fixture = new Fixture();
  final ReplicaSetRelay relay = new ReplicaSetRelay(TestMongo.server());
  final MongoClient client = MongoClients.create(relay.settings().build());
  final MongoStores stores = MongoStores.of(client.getDatabase(direct.getName()));

  RetriedWritesTest() throws IOException {}

  @AfterEach
  void close() {
    client.close();
    relay.close();
  }

  /** A write that the driver sends again by itself. */
  record Write(String name, String command, Consumer<RetriedWritesTest> call) {
    @Override
    public String toString() {
      return name;
    }
  }

  record Fault(String name, RelayEffect effect) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Write> writes() {
    return List.of(
        new Write("insert", "insert", t -> t.stores.jobs().insert(List.of(t.fixture.fresh))),
        new Write("complete", "update", RetriedWritesTest::complete),
        new Write(
            "requeue",
            "update",
            t ->
                t.stores
                    .moves()
                    .requeue(
                        new ReadyJob(t.fixture.finished.id(), "other", 7),
                        JobTransition.REQUEUE.from(),
                        NOW)),
        new Write("beat", "findAndModify", t -> t.stores.workers().beat(t.fixture.claim.worker())));
  }

  static List<Fault> passing() {
    String label = RelayEffect.RETRYABLE;
    return List.of(
        new Fault("connection cut before", new RelayEffect.CutBefore()),
        new Fault("connection cut after", new RelayEffect.CutAfter()),
        new Fault("interrupted by a state change", RelayEffect.failing(11602, label)),
        new Fault("not the primary", RelayEffect.failing(10107, label)),
        new Fault("primary stepped down", RelayEffect.failing(189, label)),
        new Fault("shutting down", RelayEffect.failing(91, label)),
        new Fault("applied, then shutting down", RelayEffect.unconfirmed(91, label)));
  }

  static Stream<Arguments> writesAndFaults() {
    return writes().stream()
        .flatMap(write -> passing().stream().map(fault -> Arguments.of(write, fault)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("writesAndFaults")
  void a_write_that_a_change_of_the_replica_set_hits_is_done_once(Write write, Fault fault) {
    Map<String, List<Document>> expected = contentsAfter(write);
    fixture.store(MongoStores.of(direct), direct);

    relay.next(write.command, fault.effect);
    relay.forget();
    write.call.accept(this);

    assertThat(relay.isDone()).isTrue();
    assertThat(contents(direct)).isEqualTo(expected);
    assertThat(relay.received().stream().filter(write.command::equals)).hasSize(2);
  }

  private Map<String, List<Document>> contentsAfter(Write write) {
    relay.forget();
    fixture.store(MongoStores.of(direct), direct);
    write.call.accept(this);
    Map<String, List<Document>> contents = contents(direct);
    direct.drop();
    return contents;
  }

  @ParameterizedTest
  @MethodSource("passing")
  void a_claim_is_not_repeated_by_the_driver_but_told_and_then_repeated_by_its_caller(Fault fault) {
    fixture.store(MongoStores.of(direct), direct);
    relay.next("update", fault.effect);

    assertThatThrownBy(this::claim).isInstanceOf(StoreUnavailableException.class);
    claim();

    Document claimed = TestMongo.raw(direct, fixture.queued.id());
    assertThat(claimed.getString("status")).isEqualTo("started");
    assertThat(claimed.getInteger("attempt")).isEqualTo(1);
  }

  @Test
  void an_unconfirmed_write_is_told_as_unavailable_although_it_is_there() {
    relay.next("insert", RelayEffect.unconfirmed(64));
    assertThatThrownBy(() -> stores.jobs().insert(List.of(fixture.fresh)))
        .isInstanceOf(StoreUnavailableException.class);
    stores.jobs().insert(List.of(fixture.fresh));
    assertThat(direct.getCollection("mrq_jobs").countDocuments()).isEqualTo(1);
  }

  @Test
  void a_question_that_the_server_ends_is_told_as_too_slow() {
    relay.next("find", RelayEffect.failing(50));
    assertThatThrownBy(() -> stores.queries().summaries(JobFilter.ALL, null, 10))
        .isInstanceOf(QueryTooSlowException.class);
  }

  @Test
  void a_question_whose_answer_does_not_come_in_time_is_told_as_too_slow() {
    CountDownLatch gate = new CountDownLatch(1);
    MongoDatabase impatient =
        client.getDatabase(direct.getName()).withTimeout(500, TimeUnit.MILLISECONDS);
    // The first connection takes longer than the question may.
    stores.pauses().paused();
    relay.next("find", new RelayEffect.Delayed(gate));
    assertThatThrownBy(() -> MongoStores.of(impatient).queries().summaries(JobFilter.ALL, null, 10))
        .isInstanceOf(QueryTooSlowException.class);
    gate.countDown();
  }

  @Test
  void a_step_down_is_waited_for() throws Exception {
    relay.stepDown();
    Thread insert = Thread.ofVirtual().start(() -> stores.jobs().insert(List.of(fixture.fresh)));
    relay.elect(1);
    insert.join();
    assertThat(direct.getCollection("mrq_jobs").countDocuments()).isEqualTo(1);
  }

  private void claim() {
    stores.jobs().claim(fixture.other, "default", List.of(fixture.queued.id()), NOW);
  }

  private void complete() {
    Completion end =
        Completion.of(
            fixture.running(),
            fixture.claim,
            new JobOutcome.Succeeded(42),
            Retention.DEFAULT,
            NOW.plusSeconds(1));
    stores.jobs().complete(List.of(stores.jobs().prepare(end)));
  }

  private static Map<String, List<Document>> contents(MongoDatabase database) {
    Map<String, List<Document>> contents = new TreeMap<>();
    for (String name : database.listCollectionNames()) {
      List<Document> documents = new ArrayList<>();
      database.getCollection(name).find().sort(new Document("_id", 1)).into(documents);
      documents.forEach(document -> {
        // Set by the server's clock.
        document.remove("datereported");
        document.remove("beat");
      });
      contents.put(name, documents);
    }
    return contents;
  }
}
