package io.mrq.mongo;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.NewJob;
import io.mrq.job.Retention;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.store.PreparedCompletion;
import io.mrq.test.MutableClock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;

/**
 * Stores whose commands are counted. After each test the filters of all commands are flat, and
 * those that name ids make the server use the index of the ids.
 */
abstract class CountedRoundTrips {
  static final Instant NOW = MutableClock.START;

  static final WorkerId WORKER = WorkerId.next();

  final Commands commands = new Commands();

  private final MongoClient client =
      MongoClients.create(TestMongo.settings().addCommandListener(commands).build());

  final MongoDatabase database = client.getDatabase(TestMongo.newName());

  final MongoStores stores = MongoStores.of(database);

  @AfterEach
  void close() {
    assertThat(commands.sent())
        .allSatisfy(sent -> assertThat(sent.filters()).allSatisfy(CountedRoundTrips::isFlat));
    assertThat(commands.sent()).allSatisfy(CountedRoundTrips::goesByIdsIfItNamesThem);
    client.close();
  }

  /** Otherwise the server may choose an index of the other conditions, and walk a whole queue. */
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

  static List<NewJob> jobs(int number) {
    return IntStream.range(0, number).mapToObj(_ -> aNewJob().build()).toList();
  }

  List<JobId> stored(int number) {
    List<NewJob> jobs = jobs(number);
    stores.jobs().insert(jobs);
    commands.clear();
    return jobs.stream().map(NewJob::id).toList();
  }

  Claim claimed(List<JobId> ids) {
    Claim claim = Claim.by(WORKER);
    stores.jobs().claim(claim, "default", ids, NOW);
    commands.clear();
    return claim;
  }

  List<PreparedCompletion> ends(int number) {
    List<JobId> ids = stored(number);
    Claim claim = claimed(ids);
    List<Job> jobs = stores.jobs().claimed(claim, ids);
    commands.clear();
    return prepared(claim, jobs, new JobOutcome.Succeeded("ok"));
  }

  void complete(Claim claim, List<JobId> ids, JobOutcome outcome) {
    stores.jobs().complete(prepared(claim, stores.jobs().claimed(claim, ids), outcome));
    commands.clear();
  }

  List<PreparedCompletion> prepared(Claim claim, List<Job> jobs, JobOutcome outcome) {
    return jobs.stream()
        .map(j -> Completion.of(j, claim, outcome, Retention.DEFAULT, NOW))
        .map(stores.jobs()::prepare)
        .toList();
  }

  static List<Run> runs(List<JobId> ids, Claim claim) {
    return ids.stream().map(id -> new Run(id, claim)).toList();
  }

  void assertLimits(int limit) {
    assertThat(commands.sent().stream().filter(s -> s.name().equals("find")))
        .isNotEmpty()
        .allSatisfy(s -> assertThat(s.body().getNumber("limit").intValue()).isEqualTo(limit));
  }

  void assertDurable() {
    assertThat(commands.sent().stream().filter(s -> !s.name().equals("find")))
        .isNotEmpty()
        .allSatisfy(s ->
            assertThat(s.body().getDocument("writeConcern"))
                .containsEntry("w", new BsonString("majority"))
                .containsEntry("j", BsonBoolean.TRUE));
  }
}
