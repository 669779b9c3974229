package io.mrq.mongo.index;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import io.mrq.job.NewJob;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.test.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * How many index entries are written in the life of a job: each move of the store is carried out,
 * and the entry of the document in every index is computed before and after it. A changed entry is
 * two, since the old one is removed.
 */
class IndexEntriesTest {
  private static final Instant NOW = MutableClock.START;
  private static final int MOST = 10;

  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoCollection<BsonDocument> documents =
      database.getCollection("mrq_jobs", BsonDocument.class);
  private final MongoStores stores = MongoStores.of(database);
  private final List<IndexRules> indexes = new ArrayList<>();
  private final Map<String, Integer> written = new LinkedHashMap<>();
  private final NewJob job = aNewJob().param("a", 1).build();
  private @Nullable BsonDocument before;

  IndexEntriesTest() {
    assertThat(stores.indexes().ensure()).isEmpty();
    documents.listIndexes(BsonDocument.class).forEach(index -> indexes.add(IndexRules.of(index)));
  }

  @Test
  void aJobThatSucceedsWritesTenIndexEntries() {
    stores.jobs().insert(List.of(job));
    count("enqueue");
    Claim claim = Claim.by(WorkerId.next());
    stores.jobs().claim(claim, job.queue(), List.of(job.id()), NOW);
    count("claim");
    end(claim, new JobOutcome.Succeeded(Map.of("sent", 3)));
    count("success");
    assertThat(stores.recovery().deleteExpired(NOW.plus(Duration.ofDays(30)), 10)).isOne();
    count("expiry");

    assertThat(written)
        .isEqualTo(
            Map.of(
                "enqueue: + _id_",
                1,
                "enqueue: + " + JobIndexes.WAITING.name(),
                1,
                "enqueue: + " + JobIndexes.LISTS.name(),
                1,
                "claim: - " + JobIndexes.WAITING.name(),
                1,
                "claim: + " + JobIndexes.UNDERWAY.name(),
                1,
                "success: - " + JobIndexes.UNDERWAY.name(),
                1,
                "success: + " + JobIndexes.EXPIRY.name(),
                1,
                "expiry: - _id_",
                1,
                "expiry: - " + JobIndexes.LISTS.name(),
                1,
                "expiry: - " + JobIndexes.EXPIRY.name(),
                1));
    assertThat(written.values().stream().mapToInt(Integer::intValue).sum())
        .isLessThanOrEqualTo(MOST);
  }

  /** It is in the lists of failures from its end to its expiry. */
  @Test
  void aJobThatFailsWritesFewMore() {
    stores.jobs().insert(List.of(job));
    Claim claim = Claim.by(WorkerId.next());
    stores.jobs().claim(claim, job.queue(), List.of(job.id()), NOW);
    count("to its claim");
    written.clear();

    end(claim, new JobOutcome.Failed(Failure.of("E", "boom")));
    count("failure");

    assertThat(written.keySet())
        .containsExactlyInAnyOrder(
            "failure: - " + JobIndexes.UNDERWAY.name(),
            "failure: + " + JobIndexes.EXPIRY.name(),
            "failure: + " + JobIndexes.RARE_STATUS.name(),
            "failure: + " + JobIndexes.LEFT_WORKER.name(),
            "failure: + " + JobIndexes.FAILURES.name());
  }

  private void end(Claim claim, JobOutcome outcome) {
    Job running = stores.jobs().claimed(claim, List.of(job.id())).getFirst();
    Completion end = Completion.of(running, claim, outcome, Retention.DEFAULT, NOW);
    assertThat(stores.jobs().complete(List.of(stores.jobs().prepare(end))).matched()).isOne();
  }

  /** Compares the document with what it was at the last call. */
  private void count(String move) {
    BsonDocument after = documents.find(new Document("_id", new ObjectId(job.id().hex()))).first();
    for (IndexRules index : indexes) {
      List<BsonValue> from = entry(index, before);
      List<BsonValue> to = entry(index, after);
      if (!Objects.equals(from, to)) {
        add(move + ": - " + index.name(), from);
        add(move + ": + " + index.name(), to);
      }
    }
    before = after;
  }

  private void add(String what, @Nullable List<BsonValue> entry) {
    if (entry != null) {
      written.merge(what, 1, Integer::sum);
    }
  }

  /** The entry of a document; null when the index does not hold it. */
  private static @Nullable List<BsonValue> entry(
      IndexRules index, @Nullable BsonDocument document) {
    if (document == null || !index.holds(document)) {
      return null;
    }
    return index.fields().stream()
        .map(field -> document.getOrDefault(field, BsonNull.VALUE))
        .map(BsonValue.class::cast)
        .toList();
  }
}
