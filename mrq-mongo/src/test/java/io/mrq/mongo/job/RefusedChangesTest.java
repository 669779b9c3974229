package io.mrq.mongo.job;

import static io.mrq.mongo.TestMongo.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.recovery.RecoveryStore.Rescue;
import io.mrq.store.NotStorableException;
import io.mrq.test.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A document that does not allow what is done with all others costs its own job only. */
class RefusedChangesTest {
  private static final Instant NOW = MutableClock.START;
  private static final WorkerId LOST = WorkerId.next();

  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoStores stores = MongoStores.of(database);

  /** A text in place of a number or a list: no server can count on, or add to it. */
  @Test
  @DisplayName("a queued job that cannot be claimed fails, and the batch around it is claimed")
  void oddJobInAClaim() {
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      ids.add(store(database, i == 4 ? new Document("attempt", "x") : new Document()));
    }
    JobId odd = ids.get(4);
    Claim claim = Claim.by(WorkerId.next());

    assertThat(stores.jobs().claim(claim, "default", ids, NOW)).isEqualTo(8);

    assertThat(stores.jobs().claimed(claim, ids))
        .hasSize(8)
        .extracting(Job::id)
        .doesNotContain(odd);
    Job failed = stores.queries().find(odd).orElseThrow();
    assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
    assertThat(failed.exceptiontype()).isEqualTo("InvalidDocument");
    assertThat(failed.traceback()).contains("MongoDB refused the document: ");
    assertThat(failed.dateupdated()).isEqualTo(NOW);
    assertThat(failed.dateexpires()).isAfter(NOW);
    assertThat(failed.others()).containsEntry("attempt", "x");
    assertThat(stores.jobs().queued(List.of("default"), 10)).isEmpty();
  }

  @Test
  @DisplayName("a claim in which only the odd job was left tells that jobs were won before it")
  void oddJobIsTheLastOfAClaim() {
    JobId good = store(database, new Document());
    JobId odd = store(database, new Document("attempt", "x"));
    Claim claim = Claim.by(WorkerId.next());

    long won = stores.jobs().claim(claim, "default", List.of(good, odd), NOW);

    assertThat(won).isEqualTo(1);
    assertThat(stores.jobs().claimed(claim, List.of(good, odd))).hasSize(1);
  }

  static Stream<Document> oddRuns() {
    return Stream.of(
        new Document("crashes", "x"),
        new Document("traceback_history", "none"),
        new Document("crashes", "x").append("traceback_history", 7));
  }

  // BUG-39
  @ParameterizedTest
  @MethodSource("oddRuns")
  @DisplayName("a run of a lost worker whose document cannot count it is rescued with the others")
  void oddRunOfALostWorker(Document odd) {
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(store(database, started(i == 0 ? odd : new Document())));
    }

    Rescue rescue = stores.recovery().rescue(LOST, 5, NOW);

    assertThat(rescue.requeued()).hasSize(5);
    assertThat(rescue.crashes()).hasSize(5);
    assertThat(stores.recovery().workersWithRuns()).isEmpty();
    Job mended = stores.queries().find(ids.getFirst()).orElseThrow();
    assertThat(mended.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(mended.crashes()).isEqualTo(1);
    assertThat(mended.tracebackHistory()).hasSize(1);
    assertThat(stores.queries().find(ids.getLast()).orElseThrow().crashes()).isEqualTo(1);
  }

  @Test
  @DisplayName("a job at the crash limit with an odd history fails like the others")
  void oddRunAtTheCrashLimit() {
    JobId odd =
        store(database, started(new Document("crashes", 4).append("traceback_history", "")));
    JobId poison = store(database, started(new Document("crashes", 4)));

    Rescue rescue = stores.recovery().rescue(LOST, 5, NOW);

    assertThat(rescue.failed()).isEqualTo(2);
    assertThat(stores.jobs().states(List.of(odd, poison)).values())
        .extracting(state -> state.status())
        .containsExactly(JobStatus.FAILED, JobStatus.FAILED);
  }

  private static Document started(Document odd) {
    Document run =
        new Document("status", "started")
            .append("worker", new ObjectId(LOST.hex()))
            .append("claim", new ObjectId());
    run.putAll(odd);
    return run;
  }

  /** A unique index stands for every rule that a server may have for documents. */
  @Test
  @DisplayName("of many jobs that are requeued one that the server refuses does not stop the rest")
  void refusedMoveOfADuty() {
    database
        .getCollection("mrq_jobs")
        .createIndex(new Document("status", 1).append("path", 1), new IndexOptions().unique(true));
    JobId blocked = store(database, new Document("status", "interrupt").append("path", "a"));
    JobId good = store(database, new Document("status", "interrupt").append("path", "b"));
    store(database, new Document("path", "a"));

    stores.recovery().requeueInterrupted(NOW, 10);

    assertThat(stores.queries().find(good).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
    assertThat(stores.queries().find(blocked).orElseThrow().status()).isEqualTo(JobStatus.FAILED);
    assertThat(stores.recovery().requeueInterrupted(NOW, 10)).isEmpty();
  }

  @Test
  @DisplayName("a single write that is refused says so, and not that MongoDB did not answer")
  void refusedSingleWrite() {
    database
        .getCollection("mrq_workers")
        .createIndex(new Document("name", 1), new IndexOptions().unique(true));
    stores.workers().register(WorkerId.next(), Map.of("name", "w"));

    assertThatThrownBy(() -> stores.workers().register(WorkerId.next(), Map.of("name", "w")))
        .isInstanceOf(NotStorableException.class)
        .hasMessageContaining("MongoDB refused the document");
  }
}
