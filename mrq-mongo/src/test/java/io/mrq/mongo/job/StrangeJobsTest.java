package io.mrq.mongo.job;

import static io.mrq.mongo.TestMongo.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.mongodb.client.MongoDatabase;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.TimeHorizon;
import io.mrq.job.WorkerId;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.query.JobFilter;
import io.mrq.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jobs that Python or an operator wrote are read as far as they make sense. */
class StrangeJobsTest {
  private static final Instant NOW = MutableClock.START;

  private final MongoDatabase database = TestMongo.newDatabase();

  private final MongoStores stores = MongoStores.of(database);

  // MIX-08
  @Test
  @DisplayName("a finished job as Python leaves it reads in full")
  void pythonsJob() {
    ObjectId worker = new ObjectId();
    Date date = Date.from(NOW);
    JobId id =
        store(
            database,
            new Document("status", "retry")
                .append("params", new Document("raw", new Binary(new byte[] {1, 2})))
                .append("raw_queue", "x_raw/sub")
                .append("datestarted", date)
                .append("dateupdated", date)
                .append("dateretry", date)
                .append("worker", worker)
                .append("retry_count", 2L)
                .append("progress", 1)
                .append("totaltime", 3)
                .append("time", 0.5)
                .append("switches", 12)
                .append("exceptiontype", "ValueError")
                .append("traceback", "t")
                .append(
                    "traceback_history",
                    List.of(
                        new Document("date", date)
                            .append("status", "failed")
                            .append("exceptiontype", "ValueError")
                            .append("traceback", "t"))));

    Job job = stores.queries().find(id).orElseThrow();

    assertThat((byte[]) job.params().get("raw")).containsExactly(1, 2);
    assertThat(job.retryCount()).isEqualTo(2);
    assertThat(job.progress()).isEqualTo(1.0);
    assertThat(job.totaltime()).isEqualTo(Duration.ofSeconds(3));
    assertThat(job.worker()).isEqualTo(new WorkerId(worker.toHexString()));
    assertThat(job.order()).isNull();
    assertThat(job.tracebackHistory())
        .singleElement()
        .satisfies(attempt -> {
          assertThat(attempt.date()).isEqualTo(NOW);
          assertThat(attempt.worker()).isNull();
          assertThat(attempt.failure().originalTraceback()).isNull();
        });
    assertThat(job.others())
        .isEqualTo(Map.of("raw_queue", "x_raw/sub", "time", 0.5, "switches", 12));
  }

  @Test
  @DisplayName("fields of a senseless type read as absent and stay visible")
  void senselessTypes() {
    JobId id =
        store(
            database,
            new Document("path", 7)
                .append("params", "none")
                .append("datequeued", "yesterday")
                .append("worker", null)
                .append("claim", "zz")
                .append("retry_count", "many")
                .append("attempt", new Decimal128(3))
                .append("timeout", -1)
                .append("ttl", Double.NaN)
                .append("priority", 1e300)
                .append("traceback_history", List.of(1, new Document("date", "x"))));

    Job job = stores.queries().find(id).orElseThrow();

    assertThat(job.path()).isEmpty();
    assertThat(job.params()).isEmpty();
    assertThat(job.datequeued()).isNull();
    assertThat(job.worker()).isNull();
    assertThat(job.claim()).isNull();
    assertThat(job.retryCount()).isZero();
    assertThat(job.timeout()).isNull();
    assertThat(job.ttl()).isNull();
    assertThat(job.priority()).isEqualTo(Integer.MAX_VALUE);
    assertThat(job.tracebackHistory()).isEmpty();
    assertThat(job.others())
        .containsEntry("path", 7)
        .containsEntry("params", "none")
        .containsEntry("datequeued", "yesterday")
        .containsEntry("claim", "zz")
        .containsEntry("retry_count", "many")
        .containsEntry("attempt", "3")
        .doesNotContainKey("worker");
  }

  @Test
  @DisplayName("durations at their edges are neither 'no limit' nor beyond all dates")
  void durationsAtTheirEdges() {
    JobId shortest = store(database, new Document("timeout", 1e-9).append("ttl", Double.MIN_VALUE));
    JobId longest =
        store(database, new Document("timeout", 1e300).append("ttl", Double.POSITIVE_INFINITY));
    JobId none = store(database, new Document("timeout", 0));

    assertThat(stores.queries().find(shortest).orElseThrow().timeout()).isPositive();
    assertThat(stores.queries().find(shortest).orElseThrow().ttl()).isPositive();
    assertThat(stores.queries().find(longest).orElseThrow().timeout())
        .isEqualTo(TimeHorizon.LONGEST);
    assertThat(stores.queries().find(longest).orElseThrow().ttl()).isEqualTo(TimeHorizon.LONGEST);
    assertThat(stores.queries().find(none).orElseThrow().timeout()).isZero();
  }

  @Test
  @DisplayName("documents that are no jobs are left out of everything")
  void notJobs() {
    JobId good = store(database, new Document());
    database
        .getCollection("mrq_jobs")
        .insertMany(
            List.of(
                new Document("_id", "text").append("status", "queued").append("queue", "default"),
                new Document("_id", "other")
                    .append("status", "started")
                    .append("worker", new ObjectId()),
                new Document("status", "weird").append("queue", "default"),
                new Document("queue", 5).append("status", "queued")));

    assertThat(stores.queries().list(JobFilter.ALL, null, 10))
        .extracting(Job::id)
        .contains(good)
        .hasSize(2);
    assertThat(stores.queries().list(JobFilter.ALL, null, 2))
        .as("a full page although the second newest document is no job")
        .hasSize(2);
    assertThat(stores.jobs().queued(List.of("default"), 10))
        .extracting(ReadyJob::id)
        .containsExactly(good);
    assertThat(stores.recovery().inOrder("default", null, 10)).hasSize(1);
    assertThat(stores.recovery().queuesWithJobs()).containsExactly("default");
    assertThatCode(() -> stores.recovery().adopt("default", 10)).doesNotThrowAnyException();
    assertThatCode(() -> stores.recovery().count()).doesNotThrowAnyException();
    for (WorkerId worker : stores.recovery().workersWithRuns()) {
      assertThat(stores.jobs().runsOf(worker)).isEmpty();
      assertThatCode(() -> stores.recovery().rescue(worker, 5, NOW)).doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName("Python's job gets its order from datequeued, wherever it is read")
  void orderOfPythonsJobs() {
    JobId id = store(database, new Document());

    ReadyJob ready = stores.jobs().queued(List.of("default"), 10).getFirst();
    stores.recovery().adopt("default", 10);

    assertThat(ready.order()).isEqualTo(NOW.toEpochMilli());
    assertThat(stores.queries().find(id).orElseThrow().order()).isEqualTo(ready.order());
  }
}
