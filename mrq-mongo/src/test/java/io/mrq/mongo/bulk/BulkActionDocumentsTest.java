package io.mrq.mongo.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkProgress;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.query.JobFilter;
import io.mrq.test.MutableClock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** The shape of a stored bulk action, which later versions must go on reading. */
class BulkActionDocumentsTest {
  private static final String ACTION = "65f0a1b2c3d4e5f60718293a";
  private static final String FILTER =
      """
      {"status": ["failed", "timeout"], "queue": "mails", "path": "mails.Send",
       "worker": "65f0a1b2c3d4e5f60718293b", "exceptiontype": "IOException",
       "fingerprint": "a fault", "parent": "65f0a1b2c3d4e5f60718293c",
       "since": {"$date": "2026-01-05T12:00:00Z"}, "until": {"$date": "2026-01-05T13:00:00.5Z"},
       "ids": ["65f0a1b2c3d4e5f60718293d", "65f0a1b2c3d4e5f60718293e"]}
      """;

  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoStores stores = MongoStores.of(database);

  @Test
  void everyConditionIsWrittenUnderItsName() {
    stores.actions().create(action());

    assertThat(stored().get("filter")).isEqualTo(Document.parse(FILTER));
  }

  @Test
  void aStoredActionIsReadWithEveryCondition() {
    database
        .getCollection("mrq_actions")
        .insertOne(
            new Document("_id", new ObjectId(ACTION))
                .append("kind", "requeue")
                .append("filter", Document.parse(FILTER))
                .append("status", "waiting")
                .append("who", "somebody")
                .append("created", MutableClock.START)
                .append("total", 3L)
                .append("moved", 0L)
                .append("skipped", 0L)
                .append("batch", List.of())
                .append("beat", 0L));

    assertThat(stores.actions().find(new BulkActionId(ACTION))).contains(action());
  }

  /** To overlook a condition would move jobs that nobody meant. */
  @Test
  void anActionWithAConditionThatIsNotUnderstoodIsNone() {
    stores.actions().create(action());
    Document byId = new Document("_id", new ObjectId(ACTION));
    database
        .getCollection("mrq_actions")
        .updateOne(byId, new Document("$set", new Document("filter.colour", "blue")));

    assertThat(stores.actions().find(new BulkActionId(ACTION))).isEmpty();
    assertThat(stores.actions().open(10)).isEmpty();
  }

  private Document stored() {
    return Objects.requireNonNull(database.getCollection("mrq_actions").find().first());
  }

  private static BulkAction action() {
    JobFilter jobs =
        JobFilter.ALL
            .statuses(Set.of(JobStatus.FAILED, JobStatus.TIMEOUT))
            .queue("mails")
            .path("mails.Send")
            .worker(new WorkerId("65f0a1b2c3d4e5f60718293b"))
            .exceptiontype("IOException")
            .fingerprint("a fault")
            .parent(new JobId("65f0a1b2c3d4e5f60718293c"))
            .since(MutableClock.START)
            .until(MutableClock.START.plusMillis(3_600_500));
    return new BulkAction(
        new BulkActionId(ACTION),
        BulkAction.Kind.REQUEUE,
        new BulkFilter(
            jobs,
            List.of(new JobId("65f0a1b2c3d4e5f60718293d"), new JobId("65f0a1b2c3d4e5f60718293e"))),
        null,
        BulkAction.Status.WAITING,
        "somebody",
        MutableClock.START,
        null,
        null,
        BulkProgress.of(3, 0),
        null);
  }
}
