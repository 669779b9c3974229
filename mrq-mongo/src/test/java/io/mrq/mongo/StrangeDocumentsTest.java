package io.mrq.mongo;

import static io.mrq.mongo.TestMongo.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.log.JobLogCursor;
import io.mrq.mongo.job.JobDocuments;
import io.mrq.query.JobFilter;
import io.mrq.store.CompletionReply;
import io.mrq.store.NotStorableException;
import io.mrq.store.PreparedCompletion;
import io.mrq.test.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.MaxKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Documents that Python, an operator or a faulty program wrote never harm the jobs beside them. */
class StrangeDocumentsTest {
  private static final Instant NOW = MutableClock.START;

  private final MongoDatabase database = TestMongo.newDatabase();

  private final MongoStores stores = MongoStores.of(database);

  @Test
  @DisplayName("a refused end is stored without its line of history")
  void minimalEnd() {
    JobId id =
        store(
            database,
            new Document("traceback_history", "none").append("progress", 0.9).append("result", 1));
    Claim claim = Claim.by(WorkerId.next());
    stores.jobs().claim(claim, "default", List.of(id), NOW);
    Job job = stores.jobs().claimed(claim, List.of(id)).getFirst();
    assertThat(job.progress()).as("of an earlier run").isNull();
    assertThat(job.result()).isNull();
    JobOutcome failed = new JobOutcome.Failed(Failure.of("E", "boom"));
    Completion end = Completion.of(job, claim, failed, Retention.DEFAULT, NOW);
    assertThat(stores.jobs().complete(List.of(stores.jobs().prepare(end))).refused()).hasSize(1);

    CompletionReply reply = stores.jobs().complete(List.of(stores.jobs().prepare(end.minimal())));

    assertThat(reply).isEqualTo(new CompletionReply(1, Map.of()));
    assertThat(stores.queries().find(id).orElseThrow())
        .satisfies(ended -> {
          assertThat(ended.status()).isEqualTo(JobStatus.FAILED);
          assertThat(ended.exceptiontype()).isEqualTo("E");
          assertThat(ended.others()).containsEntry("traceback_history", "none");
        });
  }

  @Test
  @DisplayName("a strange job in a claimed batch can be failed, and its neighbours run")
  void strangeJobInABatch() {
    JobId good = store(database, new Document());
    JobId strange =
        store(database, new Document("path", null).append("params", 3).append("datequeued", 1));
    Claim claim = Claim.by(WorkerId.next());
    List<JobId> ids = List.of(good, strange);

    stores.jobs().claim(claim, "default", ids, NOW);
    List<Job> won = stores.jobs().claimed(claim, ids);

    assertThat(won).extracting(Job::id).containsExactlyInAnyOrder(good, strange);
    List<PreparedCompletion> ends =
        won.stream()
            .map(job -> prepare(job, claim, new JobOutcome.Failed(Failure.of("E", "unknown task"))))
            .toList();
    assertThat(stores.jobs().complete(ends)).isEqualTo(new CompletionReply(2, Map.of()));
  }

  @Test
  @DisplayName("one end that MongoDB refuses is named, and the others of the batch are stored")
  void refusedEnd() {
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      // Nothing can be pushed onto a text.
      ids.add(store(database, i == 1 ? new Document("traceback_history", "none") : new Document()));
    }
    Claim claim = Claim.by(WorkerId.next());
    stores.jobs().claim(claim, "default", ids, NOW);
    List<PreparedCompletion> ends =
        stores.jobs().claimed(claim, ids).stream()
            .sorted((a, b) -> a.id().compareTo(b.id()))
            .map(job -> prepare(job, claim, new JobOutcome.Failed(Failure.of("E", "boom"))))
            .toList();

    CompletionReply reply = stores.jobs().complete(ends);

    assertThat(reply.matched()).isEqualTo(2);
    assertThat(reply.refused()).containsOnlyKeys(1);
    assertThat(reply.refused().get(1)).startsWith("MongoDB refused the document: ");
    assertThat(stores.jobs().states(ids))
        .extractingByKeys(ids.get(0), ids.get(1), ids.get(2))
        .extracting(state -> state.status())
        .containsExactly(JobStatus.FAILED, JobStatus.STARTED, JobStatus.FAILED);
  }

  @Test
  @DisplayName("dates of failures that are no dates harm no group")
  void oddDatesOfFailures() {
    Document failed = new Document("status", "failed").append("exceptiontype", "E");
    for (Object odd :
        List.of(
            new BsonTimestamp(1_700_000_000, 1), "yesterday", 7, new MaxKey(), Date.from(NOW))) {
      store(database, new Document(failed).append("dateupdated", odd));
    }
    store(database, failed);

    assertThat(stores.queries().failures(JobFilter.ALL, NOW, 10))
        .singleElement()
        .satisfies(group -> {
          assertThat(group.count()).isEqualTo(6);
          assertThat(group.first()).isEqualTo(NOW);
          assertThat(group.last()).isEqualTo(NOW);
          assertThat(group.history().stream().mapToLong(Long::longValue).sum()).isEqualTo(1);
        });
  }

  @Test
  @DisplayName("names that are lists or numbers harm no suggestion")
  void oddNames() {
    store(database, new Document("path", List.of("papa", 1)));
    store(database, new Document("path", "pope").append("queue", 5));

    assertThat(stores.queries().paths("p", 10)).containsExactly("papa", "pope");
    assertThat(stores.queries().queues("", 10)).containsExactly("default");
  }

  @Test
  @DisplayName("names in every script are suggested")
  void namesInEveryScript() {
    List<String> names = List.of("a", "\uD7FF", "\uE000", "\uFF71", "\uD83D\uDE00");
    names.forEach(name -> store(database, new Document("path", name)));

    assertThat(stores.queries().paths("", 10)).containsExactlyInAnyOrderElementsOf(names);
    for (String name : names) {
      assertThat(stores.queries().paths(name, 10)).containsExactly(name);
    }
  }

  @Test
  @DisplayName("a chunk with a foreign id hides no line of a job's log")
  void foreignChunkOfALog() {
    JobId job = store(database, new Document());
    ObjectId id = new ObjectId(job.hex());
    database
        .getCollection("mrq_logs")
        .insertMany(
            List.of(
                new Document("_id", "x").append("job", id).append("logs", "foreign\n"),
                new Document("job", id).append("logs", "a line\n")));

    assertThat(stores.logs().tail(job, 10).lines())
        .extracting(line -> line.message())
        .containsExactly("a line");
    assertThat(stores.logs().after(job, JobLogCursor.START, 10).lines()).hasSize(1);
  }

  // BUG-36
  @Test
  @DisplayName("a result that cannot be stored is refused in the job's thread, with a reason")
  void unstorableResults() {
    JobId id = store(database, new Document());
    Claim claim = Claim.by(WorkerId.next());
    stores.jobs().claim(claim, "default", List.of(id), NOW);
    Job job = stores.jobs().claimed(claim, List.of(id)).getFirst();

    assertThatThrownBy(() -> prepare(job, claim, new JobOutcome.Succeeded(new Object())))
        .isInstanceOf(NotStorableException.class)
        .hasMessage("'result' has the type java.lang.Object, which cannot be stored");
    assertThatThrownBy(() -> prepare(job, claim, new JobOutcome.Succeeded(Map.of("$a", 1))))
        .isInstanceOf(NotStorableException.class)
        .hasMessageContaining("'$a'");
    assertThatThrownBy(
            () -> prepare(job, claim, new JobOutcome.Succeeded(new byte[JobDocuments.MAX_SIZE])))
        .isInstanceOf(NotStorableException.class)
        .hasMessageContaining("but at most 15,728,640 can be stored");
  }

  private PreparedCompletion prepare(Job job, Claim claim, JobOutcome outcome) {
    return stores.jobs().prepare(Completion.of(job, claim, outcome, Retention.DEFAULT, NOW));
  }
}
