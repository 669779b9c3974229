package io.mrq.mongo.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.mrq.job.Claim;
import io.mrq.job.JobId;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.log.JobLogChunk;
import io.mrq.log.JobLogCursor;
import io.mrq.log.JobLogLine;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.test.MutableClock;
import java.util.List;
import java.util.Objects;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** The documents of {@code mrq_logs}, ours and Python's. */
class JobLogShapesTest {
  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoCollection<Document> logs = database.getCollection("mrq_logs");

  private static JobLogLine line(String message) {
    return new JobLogLine(MutableClock.START, "WARN", "tests.Sample", message, 3);
  }

  // LOG-01, LOG-05, MIX-11
  @Test
  void aChunkIsPythonsDocumentWithFieldsOfOurs() {
    Run run = new Run(JobId.next(), Claim.by(WorkerId.next()));

    MongoStores.of(database)
        .logs()
        .append(List.of(JobLogChunk.of(run, List.of(line("a"), line("b")))));

    Document stored = Objects.requireNonNull(logs.find().first());
    String head = MutableClock.START + " [WARN] ";
    assertThat(stored)
        .containsEntry("job", new ObjectId(run.job().hex()))
        .containsEntry("logs", head + "a\n" + head + "b\n")
        .containsEntry("worker", new ObjectId(run.claim().worker().hex()))
        .containsEntry("claim", new ObjectId(run.claim().token().hex()))
        .containsEntry("attempt", 3);
    assertThat(stored.getList("lines", Document.class))
        .hasSize(2)
        .allSatisfy(line ->
            assertThat(line)
                .containsEntry("level", "WARN")
                .containsEntry("logger", "tests.Sample")
                .containsEntry("size", head.length() + 2));
  }

  // MIX-11
  @Test
  void pythonsLinesAreReadToo() {
    ObjectId job = new ObjectId();
    logs.insertOne(
        new Document("job", job)
            .append("logs", "2026-11-24 10:00:00,123 [ERROR] no luck\njust a line\n"));

    List<JobLogLine> lines =
        MongoStores.of(database)
            .logs()
            .after(new JobId(job.toHexString()), JobLogCursor.START, 10)
            .lines();

    assertThat(lines).extracting(JobLogLine::level).containsExactly("ERROR", "INFO");
    assertThat(lines)
        .extracting(JobLogLine::message)
        .containsExactly("2026-11-24 10:00:00,123 [ERROR] no luck", "just a line");
    assertThat(lines).extracting(JobLogLine::attempt).containsOnly(0);
  }

  @Test
  void aCollectionThatIsNotThereYetNeedsNoTrimming() {
    assertThat(MongoStores.of(database).logs().trim(10)).isZero();
  }

  // LOG-07
  @Test
  void aNewCollectionIsCapped() {
    MongoStores.of(database, MongoStores.TIMEOUT, 20_000).indexes().ensure();

    assertThat(database.listCollections())
        .filteredOn(c -> "mrq_logs".equals(c.getString("name")))
        .extracting(c -> c.get("options", Document.class))
        .allSatisfy(options -> assertThat(options).containsEntry("capped", true))
        .hasSize(1);
  }

  // LOG-07, MIX-17
  @Test
  void aCollectionThatIsNotCappedLosesItsOldestChunksWhenItIsTooLarge() {
    logs.insertOne(
        new Document("_id", new ObjectId(1, 1))
            .append("job", new ObjectId())
            .append("logs", "oldest\n"));
    MongoStores stores = MongoStores.of(database, MongoStores.TIMEOUT, 20_000);
    stores.indexes().ensure();
    Run run = new Run(JobId.next(), Claim.by(WorkerId.next()));
    for (int i = 0; i < 40; i++) {
      stores.logs().append(List.of(JobLogChunk.of(run, List.of(line(i + "-" + "x".repeat(1000))))));
    }

    assertThat(stores.logs().trim(5)).isEqualTo(5);
    long trimmed = stores.logs().trim(1000);

    assertThat(trimmed).isBetween(15L, 30L);
    assertThat(stores.logs().trim(1000)).isZero();
    List<JobLogLine> left = stores.logs().tail(run.job(), 100).lines();
    assertThat(left).hasSize((int) (41 - 5 - trimmed));
    assertThat(left.getLast().message()).startsWith("39-");
    assertThat(left.getFirst().message()).startsWith((40 - left.size()) + "-");
  }
}
