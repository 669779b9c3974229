package io.mrq.mongo;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.Retention;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.query.JobFilter;
import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.QueueCount;
import io.mrq.store.PreparedCompletion;
import io.mrq.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How many commands each call sends, whatever the number of jobs in it (architecture, invariant 4),
 * and that their filters are flat, their guarantees the protocol's, and their reads limited.
 */
class RoundTripsTest {
  private static final Instant NOW = MutableClock.START;
  private static final WorkerId WORKER = WorkerId.next();

  private final Commands commands = new Commands();
  private final MongoClient client =
      MongoClients.create(TestMongo.settings().addCommandListener(commands).build());
  private final MongoDatabase database = client.getDatabase(TestMongo.newName());
  private final MongoStores stores = MongoStores.of(database);

  @AfterEach
  void close() {
    assertThat(commands.sent())
        .allSatisfy(sent -> assertThat(sent.filters()).allSatisfy(RoundTripsTest::isFlat));
    assertThat(commands.sent()).allSatisfy(RoundTripsTest::goesByIdsIfItNamesThem);
    client.close();
  }

  /** Or the server may settle on an index of the other conditions, and walk a whole queue. */
  private static void goesByIdsIfItNamesThem(Commands.Sent sent) {
    for (int i = 0; i < sent.filters().size(); i++) {
      if (sent.filters().get(i).get("_id") instanceof BsonDocument ids && ids.containsKey("$in")) {
        assertThat(sent.hints().get(i))
            .as("%s of %s", sent.name(), sent.filters().get(i))
            .isEqualTo(new BsonDocument("_id", new BsonInt32(1)));
      }
    }
  }

  private static void isFlat(BsonDocument filter) {
    assertThat(filter.keySet()).noneMatch(key -> key.startsWith("$"));
  }

  // ENQ-04
  @Test
  void thousandJobsAreOneInsert() {
    stores.jobs().insert(jobs(1000));

    assertThat(commands.names()).containsExactly("insert");
    assertDurable();
  }

  // BUG-57
  @Test
  void hundredJobsAreClaimedByOneUpdateAndOneFind() {
    List<JobId> ids = stored(100);
    Claim claim = Claim.by(WORKER);

    assertThat(stores.jobs().claim(claim, "default", ids, NOW)).isEqualTo(100);
    assertThat(commands.names()).containsExactly("update");
    assertDurable();
    assertThat(stores.jobs().claimed(claim, ids)).hasSize(100);

    assertThat(commands.names()).containsExactly("update", "find");
    assertThat(commands.sent().getFirst().body().getArray("updates")).hasSize(1);
  }

  /** A server that is not told otherwise sends 101 documents at first. */
  @Test
  void moreJobsThanAServersFirstBatchAreReadInOneRoundTrip() {
    List<JobId> ids = stored(300);
    assertThat(stores.jobs().queued(List.of("default"), 300)).hasSize(300);
    assertThat(stores.recovery().inOrder("default", null, 300)).hasSize(300);
    assertThat(stores.recovery().stillQueued(ids)).hasSize(300);
    assertThat(commands.names()).containsExactly("find", "find", "find");

    Claim claim = claimed(ids);
    assertThat(stores.jobs().claimed(claim, ids)).hasSize(300);
    assertThat(stores.jobs().states(ids)).hasSize(300);
    assertThat(stores.jobs().runsOf(WORKER)).hasSize(300);
    assertThat(stores.jobs().returnUnknown(runs(ids, claim), NOW)).hasSize(300);

    assertThat(commands.names()).containsExactly("find", "find", "find", "update", "find");
  }

  // BUG-57
  @Test
  void hundredEndsAreOneCommandAndEncodingThemIsNone() {
    List<PreparedCompletion> ends = ends(100);

    assertThat(commands.names()).isEmpty();
    assertThat(stores.jobs().complete(ends).matched()).isEqualTo(100);

    assertThat(commands.names()).containsExactly("update");
    assertThat(commands.sent().getFirst().body().getBoolean("ordered").getValue()).isFalse();
    assertThat(commands.sent().getFirst().filters())
        .hasSize(100)
        .allSatisfy(
            f -> assertThat(f.keySet()).containsExactly("_id", "status", "worker", "claim"));
    assertDurable();
  }

  @Test
  void statesWithdrawAndTheAuditAreOneCommandEach() {
    List<JobId> ids = stored(100);

    assertThat(stores.jobs().states(ids)).hasSize(100);
    assertThat(stores.jobs().withdraw(ids)).isEqualTo(100);
    assertThat(stores.jobs().runsOf(WORKER)).isEmpty();

    assertThat(commands.names()).containsExactly("find", "delete", "find");
  }

  @Test
  void returningRunsIsOneUpdateAndOneFind() {
    List<JobId> ids = stored(10);
    Claim claim = claimed(ids);

    assertThat(stores.jobs().returnUnknown(runs(ids, claim), NOW)).hasSize(10);

    assertThat(commands.names()).containsExactly("update", "find");
    assertThat(commands.sent().getFirst().body().getArray("updates")).hasSize(1);
    assertDurable();
  }

  @Test
  void resumingRunsIsOneUpdateAndOneFind() {
    List<JobId> ids = stored(10);
    Claim claim = claimed(ids);
    complete(claim, ids, new JobOutcome.Interrupted(Failure.of("JobInterrupt", "stop")));

    assertThat(stores.jobs().resume(runs(ids, claim), NOW)).hasSize(10);

    assertThat(commands.names()).containsExactly("update", "find");
    assertDurable();
  }

  @Test
  void nothingToDoSendsNothing() {
    stores.jobs().insert(List.of());
    stores.jobs().withdraw(List.of());
    stores.jobs().claim(Claim.by(WORKER), "default", List.of(), NOW);
    stores.jobs().claimed(Claim.by(WORKER), List.of());
    stores.jobs().queued(List.of(), 10);
    stores.jobs().complete(List.of());
    stores.jobs().states(List.of());
    stores.jobs().resume(List.of(), NOW);
    stores.jobs().returnUnknown(List.of(), NOW);
    stores.recovery().stillQueued(List.of());
    stores.workers().presence(List.of());

    assertThat(commands.names()).isEmpty();
  }

  @Test
  void claimsWithoutAnIndexReadALimitedPage() {
    stored(5);

    assertThat(stores.jobs().queued(List.of("default", "other"), 3)).hasSize(3);

    assertThat(commands.names()).containsExactly("find");
    assertLimits(3);
  }

  @Test
  void movesByHandAreOneUpdateEach() {
    JobId id = stored(1).getFirst();

    assertThat(stores.moves().cancel(id, JobTransition.CANCEL.from(), NOW, NOW)).isTrue();
    assertThat(
            stores
                .moves()
                .requeue(new ReadyJob(id, "default", 1), JobTransition.REQUEUE.from(), NOW))
        .isTrue();

    assertThat(commands.names()).containsExactly("update", "update");
    assertDurable();
  }

  // BUG-27
  @Test
  void listsAndLooksAreOneFindEach() {
    JobId id = stored(3).getFirst();

    assertThat(stores.queries().find(id)).isPresent();
    assertThat(stores.queries().list(JobFilter.ALL, null, 10_000)).hasSize(3);

    assertThat(commands.names()).containsExactly("find", "find");
    assertThat(commands.sent().getLast().body().getNumber("limit").intValue()).isEqualTo(16);
  }

  @Test
  void aListOfManySmallJobsIsTwoFinds() {
    stored(40);

    assertThat(stores.queries().page(JobFilter.ALL, null, 30, Long.MAX_VALUE).more()).isTrue();
    assertThat(stores.queries().list(JobFilter.ALL, null, 100)).hasSize(40);

    assertThat(commands.names()).containsExactly("find", "find", "find", "find");
  }

  @Test
  void dueJobsAreOneLimitedFindAndOneUpdate() {
    stores
        .jobs()
        .insert(IntStream.range(0, 9).mapToObj(_ -> aNewJob().dateretry(NOW).build()).toList());
    commands.clear();

    assertThat(stores.recovery().requeueDue(NOW, 5)).hasSize(5);
    assertThat(commands.names()).containsExactly("find", "update");
    assertLimits(5);
    assertDurable();

    assertThat(stores.recovery().requeueDue(NOW.minusSeconds(1), 5)).isEmpty();
    assertThat(commands.names()).containsExactly("find", "update", "find");
  }

  @Test
  void interruptedJobsAreOneLimitedFindAndOneUpdate() {
    List<JobId> ids = stored(9);
    complete(claimed(ids), ids, new JobOutcome.Interrupted(Failure.of("JobInterrupt", "stop")));

    assertThat(stores.recovery().requeueInterrupted(NOW, 5)).hasSize(5);

    assertThat(commands.names()).containsExactly("find", "update");
    assertLimits(5);
  }

  @Test
  void rescueIsTwoUpdatesAndALimitedFind() {
    List<JobId> ids = stored(50);
    claimed(ids);

    assertThat(stores.recovery().rescue(WORKER, 5, NOW).requeued()).hasSize(50);

    assertThat(commands.names()).containsExactly("update", "update", "find");
    assertLimits(10_000);
    assertDurable();
  }

  @Test
  void theReconcilersReadsAreLimited() {
    stored(20);
    List<ReadyJob> page = stores.recovery().inOrder("default", null, 10);
    assertThat(page).hasSize(10);
    assertThat(commands.names()).containsExactly("find");
    assertLimits(10);
    commands.clear();

    assertThat(stores.recovery().inOrder("default", page.getLast(), 10)).hasSize(10);
    assertThat(commands.names()).hasSizeLessThanOrEqualTo(2).containsOnly("find");
    commands.clear();

    assertThat(stores.recovery().stillQueued(List.of(page.getFirst().id()))).hasSize(1);
    assertThat(stores.recovery().queuesWithJobs()).containsExactly("default");
    assertThat(stores.recovery().workersWithRuns()).isEmpty();
    assertThat(commands.names()).containsExactly("find", "distinct", "distinct");
  }

  @Test
  void adoptionIsOneLimitedFindAndOneUpdate() {
    for (int i = 0; i < 5; i++) {
      TestMongo.store(database, new Document());
    }
    commands.clear();

    assertThat(stores.recovery().adopt("default", 4)).isEqualTo(4);

    assertThat(commands.names()).containsExactly("find", "update");
    assertLimits(4);
  }

  @Test
  void expiredJobsAreOneLimitedFindAndOneDelete() {
    List<JobId> ids = stored(9);
    complete(claimed(ids), ids, new JobOutcome.Succeeded(1));

    assertThat(stores.recovery().deleteExpired(NOW.plus(Duration.ofDays(8)), 5)).isEqualTo(5);

    assertThat(commands.names()).containsExactly("find", "delete");
    assertLimits(5);
  }

  @Test
  void countingIsOneAggregationAndOneLookAtTheHeadOfEachQueue() {
    stored(5);
    stores.jobs().insert(List.of(aNewJob().queue("other").build()));
    commands.clear();

    assertThat(stores.recovery().count()).hasSize(2);

    assertThat(commands.names()).containsExactly("aggregate", "find", "find");
    commands.sent().removeFirst();
    assertLimits(1);
  }

  @Test
  void workersNeedOneCommandACall() {
    WorkerId worker = WorkerId.next();
    stores.workers().register(worker, Map.of("name", "w"));
    stores.workers().beat(worker);
    stores.workers().beats();
    stores.workers().presence(List.of(worker));
    stores.workers().report(worker, Map.of("done_jobs", 1));
    stores.workers().drain(worker);
    stores.workers().markLost(worker, 1);
    stores.workers().documents(10);

    assertThat(commands.names())
        .containsExactly(
            "insert", "findAndModify", "find", "find", "update", "update", "update", "find");
    assertThat(commands.sent().get(1).body().containsKey("sort")).isFalse();
  }

  @Test
  void aKeyNobodyHasIsTakenWithOneInsert() {
    stores.keys().take("k", JobId.next(), "body", NOW, NOW.plusSeconds(60));
    assertThat(commands.names()).containsExactly("insert");
    commands.clear();

    stores.keys().take("k", JobId.next(), "body", NOW, NOW.plusSeconds(60));
    assertThat(commands.names()).containsExactly("insert", "find");
  }

  @Test
  void countsOfAllQueuesAreOneWriteAndTwoReads() {
    stores
        .stats()
        .record(
            IntStream.range(0, 50)
                .mapToObj(i -> new QueueCount("q" + i, Map.of(JobStatus.QUEUED, 1L), NOW))
                .toList(),
            NOW);
    assertThat(commands.names()).containsExactly("update");

    assertThat(stores.stats().latest(NOW)).hasSize(50);
    assertThat(commands.names()).containsExactly("update", "find", "find");
  }

  @Test
  void ratesOfAllQueuesAreOneWriteAndOneRead() {
    stores
        .rates()
        .add(
            IntStream.range(0, 50)
                .mapToObj(i -> new JobRate(NOW, "q" + i, new JobCounts(1, 0, 0, 0)))
                .toList());
    assertThat(stores.rates().since(NOW)).hasSize(50);
    assertThat(stores.rates().totals(NOW)).hasSize(1);

    assertThat(commands.names()).containsExactly("update", "find", "aggregate");
  }

  private static List<NewJob> jobs(int number) {
    return IntStream.range(0, number).mapToObj(_ -> aNewJob().build()).toList();
  }

  private List<JobId> stored(int number) {
    List<NewJob> jobs = jobs(number);
    stores.jobs().insert(jobs);
    commands.clear();
    return jobs.stream().map(NewJob::id).toList();
  }

  private Claim claimed(List<JobId> ids) {
    Claim claim = Claim.by(WORKER);
    stores.jobs().claim(claim, "default", ids, NOW);
    commands.clear();
    return claim;
  }

  private List<PreparedCompletion> ends(int number) {
    List<JobId> ids = stored(number);
    Claim claim = claimed(ids);
    List<Job> jobs = stores.jobs().claimed(claim, ids);
    commands.clear();
    return prepared(claim, jobs, new JobOutcome.Succeeded("ok"));
  }

  private void complete(Claim claim, List<JobId> ids, JobOutcome outcome) {
    stores.jobs().complete(prepared(claim, stores.jobs().claimed(claim, ids), outcome));
    commands.clear();
  }

  private List<PreparedCompletion> prepared(Claim claim, List<Job> jobs, JobOutcome outcome) {
    return jobs.stream()
        .map(j -> Completion.of(j, claim, outcome, Retention.DEFAULT, NOW))
        .map(stores.jobs()::prepare)
        .toList();
  }

  private static List<Run> runs(List<JobId> ids, Claim claim) {
    return ids.stream().map(id -> new Run(id, claim)).toList();
  }

  private void assertLimits(int limit) {
    assertThat(commands.sent().stream().filter(s -> s.name().equals("find")))
        .isNotEmpty()
        .allSatisfy(s -> assertThat(s.body().getNumber("limit").intValue()).isEqualTo(limit));
  }

  private void assertDurable() {
    assertThat(commands.sent().stream().filter(s -> !s.name().equals("find")))
        .isNotEmpty()
        .allSatisfy(s ->
            assertThat(s.body().getDocument("writeConcern"))
                .containsEntry("w", new BsonString("majority"))
                .containsEntry("j", BsonBoolean.TRUE));
  }
}
