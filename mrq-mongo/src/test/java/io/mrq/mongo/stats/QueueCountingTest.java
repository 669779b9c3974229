package io.mrq.mongo.stats;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.stats.QueueCount;
import io.mrq.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts that do not grow with the backlog: exact for few jobs, up to a limit for many. */
class QueueCountingTest {
  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoStores stores = MongoStores.of(database);

  @BeforeEach
  void store() {
    stores.jobs().insert(jobs("few", 2));
    stores.jobs().insert(jobs("many", 7));
    stores
        .jobs()
        .insert(
            List.of(
                aNewJob()
                    .queue("many")
                    .dateretry(MutableClock.START.plus(Duration.ofDays(1)))
                    .build()));
  }

  private static List<NewJob> jobs(String queue, int number) {
    return IntStream.range(0, number).mapToObj(_ -> aNewJob().queue(queue).build()).toList();
  }

  private List<QueueCount> counted(int exact, int budget, int least) {
    return new QueueCounting(
            database.getCollection("mrq_jobs", RawBsonDocument.class), exact, budget, least)
        .count();
  }

  // QUE-08
  @Test
  void fewJobsAreAllCounted() {
    assertThat(counted(10, 3, 1))
        .containsExactly(
            new QueueCount("few", Map.of(JobStatus.QUEUED, 2L), MutableClock.START),
            new QueueCount(
                "many", Map.of(JobStatus.QUEUED, 7L, JobStatus.RETRY, 1L), MutableClock.START));
  }

  @Test
  void beyondThatEachQueueIsCountedUpToItsShare() {
    assertThat(counted(8, 15, 1))
        .containsExactly(
            new QueueCount("few", Map.of(JobStatus.QUEUED, 2L), MutableClock.START),
            new QueueCount(
                "many",
                Map.of(JobStatus.QUEUED, 5L, JobStatus.RETRY, 1L),
                MutableClock.START,
                Set.of(JobStatus.QUEUED)));
  }

  @Test
  void ofEachQueueTheLeastIsCountedHoweverManyThereAre() {
    assertThat(counted(8, 1, 3))
        .extracting(count -> count.in(JobStatus.QUEUED))
        .containsExactly(2L, 3L);
  }

  /** In both ways to count: the first in order is the most important one, not the oldest. */
  @Test
  void theOldestJobMayHaveAnyPriority() {
    Instant old = MutableClock.START.minusSeconds(60);
    stores.jobs().insert(List.of(aNewJob().queue("few").priority(7).build()));
    stores.jobs().insert(List.of(aNewJob().queue("few").priority(-3).datequeued(old).build()));

    assertThat(counted(100, 3, 1)).first().extracting(QueueCount::oldest).isEqualTo(old);
    assertThat(counted(1, 3, 1)).first().extracting(QueueCount::oldest).isEqualTo(old);
  }

  @Test
  void ofManyJobsThatWaitForARetryOnlySomeAreCounted() {
    stores.jobs().insert(delayed("late", 9));

    List<QueueCount> counts = counted(2, 4, 1);

    // The one of the queue "many" was stored before them; any queue may have more.
    assertThat(counts).extracting(QueueCount::queue).containsExactly("few", "late", "many");
    assertThat(counts).allMatch(count -> count.isAtLeast(JobStatus.RETRY));
    assertThat(counts.get(1).in(JobStatus.RETRY)).isEqualTo(4);
  }

  @Test
  void howeverManyWaitForARetryTheOthersAreCounted() {
    stores.jobs().insert(delayed("late", 9));
    database
        .getCollection("mrq_jobs")
        .updateOne(
            new Document("queue", "few"), new Document("$set", new Document("status", "started")));

    List<QueueCount> counts = counted(7, 7, 1);

    // 8 are queued.
    assertThat(counts.getFirst().in(JobStatus.STARTED)).isEqualTo(1);
    assertThat(counts).noneMatch(count -> count.isAtLeast(JobStatus.STARTED));
    assertThat(counted(8, 8, 1)).noneMatch(count -> count.isAtLeast(JobStatus.QUEUED));
  }

  /** In both ways to count. */
  @ParameterizedTest
  @MethodSource
  void whatIsNoOrderHarmsNoCount(Object order) {
    database
        .getCollection("mrq_jobs")
        .insertOne(
            new Document("queue", "few")
                .append("status", "queued")
                .append("lane", "")
                .append("order", order));

    for (int exact : List.of(100, 1)) {
      QueueCount few = counted(exact, 100, 1).getFirst();

      assertThat(few.in(JobStatus.QUEUED)).isEqualTo(3);
      assertThat(few.oldest()).as("up to %d jobs", exact).isEqualTo(MutableClock.START);
    }
  }

  static List<Object> whatIsNoOrderHarmsNoCount() {
    return List.of(
        "text",
        new Date(),
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        1e19,
        -1e19,
        Long.MAX_VALUE);
  }

  private static List<NewJob> delayed(String queue, int number) {
    return IntStream.range(0, number)
        .mapToObj(_ -> aNewJob().queue(queue).dateretry(MutableClock.START.plusSeconds(60)).build())
        .toList();
  }
}
