package io.mrq.mongo.recovery;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import io.mrq.job.Claim;
import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.test.MutableClock;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Every job waits in the shared lane of its queue, whichever version of MRQ has enqueued it. */
class LaneTest {
  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoStores stores = MongoStores.of(database);

  private NewJob stored() {
    NewJob job = aNewJob().queue("q").build();
    stores.jobs().insert(List.of(job));
    return job;
  }

  /** As an earlier version stored it. */
  private NewJob withoutLane() {
    NewJob job = stored();
    database
        .getCollection("mrq_jobs")
        .updateOne(
            new Document("_id", new ObjectId(job.id().hex())),
            new Document("$unset", new Document("lane", "")));
    return job;
  }

  private static ReadyJob ready(NewJob job) {
    return new ReadyJob(job.id(), "q", job.order());
  }

  @Test
  void aJobOfAnEarlierVersionIsServedBeforeItIsAdopted() {
    NewJob first = stored();
    NewJob second = withoutLane();
    NewJob third = stored();
    List<ReadyJob> all = List.of(ready(first), ready(second), ready(third));

    assertThat(stores.recovery().head("q", 10).jobs()).isEqualTo(all);
    assertThat(stores.recovery().inOrder("q", ready(first), 10)).isEqualTo(all.subList(1, 3));
    assertThat(stores.jobs().queued(List.of("q"), 10)).isEqualTo(all);
  }

  @Test
  void adoptionGivesItItsLaneAndLeavesItsOrder() {
    NewJob job = withoutLane();

    assertThat(stores.recovery().adopt("q", 10)).isOne();
    assertThat(stores.recovery().adopt("q", 10)).isZero();

    assertThat(TestMongo.raw(database, job.id()))
        .containsEntry("lane", "")
        .containsEntry("order", (double) job.order());
  }

  @Test
  void adoptionGivesBothToAJobOfPython() {
    JobId id =
        TestMongo.store(
            database,
            new Document("queue", "q").append("datequeued", Date.from(MutableClock.START)));

    assertThat(stores.recovery().adopt("q", 10)).isOne();

    assertThat(TestMongo.raw(database, id))
        .containsEntry("lane", "")
        .containsEntry("order", (double) MutableClock.START.toEpochMilli());
  }

  @Test
  void theSharedLaneIsNoFieldOfAnotherProgram() {
    NewJob job = stored();
    Claim claim = Claim.by(WorkerId.next());
    stores.jobs().claim(claim, "q", List.of(job.id()), MutableClock.START);

    assertThat(stores.jobs().claimed(claim, List.of(job.id())).getFirst().others()).isEmpty();
  }
}
