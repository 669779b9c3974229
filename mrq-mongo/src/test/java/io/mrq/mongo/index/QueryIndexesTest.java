package io.mrq.mongo.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkFilter;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.mongo.Commands;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.mongo.query.MongoJobQueries;
import io.mrq.query.JobFilter;
import io.mrq.test.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The index of each question that people ask (docs/adr/0011). What the filter demands by equality
 * and then the order, or the field that is asked for, must be the beginning of the index; what is
 * left is judged on the way. {@link QueryPlansTest} asks a real server for its plans.
 */
// SEED-11, SEED-15, BUG-27
class QueryIndexesTest {
  private static final String FAILURES = MongoIndexes.FAILURES.name();
  private static final Set<JobStatus> MANY = EnumSet.of(JobStatus.FAILED, JobStatus.TIMEOUT);
  private static final JobFilter FAILED = JobFilter.ALL.statuses(Set.of(JobStatus.FAILED));

  private final Commands commands = new Commands();
  private final MongoClient client =
      MongoClients.create(TestMongo.settings().addCommandListener(commands).build());
  private final MongoDatabase database = client.getDatabase(TestMongo.newName());
  private final MongoStores stores = MongoStores.of(database);

  @AfterEach
  void close() {
    client.close();
  }

  /**
   * A question.
   *
   * @param index that serves it
   * @param keys how many fields of the index it is sure to use
   */
  record Question(String name, String index, int keys, Consumer<MongoStores> ask) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Question> questions() {
    return Stream.of(
        new Question("all jobs", "_id_", 1, list(JobFilter.ALL)),
        new Question("jobs of a status", "status_1__id_1", 2, list(FAILED)),
        new Question("jobs of statuses", "status_1__id_1", 2, list(JobFilter.ALL.statuses(MANY))),
        new Question("jobs of a queue", "queue_1__id_1", 2, list(JobFilter.ALL.queue("q"))),
        new Question("queued jobs of a queue", "queue_1__id_1", 2, list(queued())),
        new Question("jobs of a task", "path_1__id_1", 2, list(JobFilter.ALL.path("p"))),
        new Question("failed jobs of a task", "path_1__id_1", 2, list(FAILED.path("p"))),
        new Question("children", "parent_1", 1, list(JobFilter.ALL.parent(JobId.next()))),
        new Question(
            "jobs of an exception type", "status_1__id_1", 2, list(FAILED.exceptiontype("E"))),
        new Question(
            "jobs of an exception type in any status",
            FAILURES,
            1,
            list(JobFilter.ALL.exceptiontype("E"))),
        new Question("jobs of a group", FAILURES, 4, list(group())),
        new Question("jobs of a fault", FAILURES, 5, list(group().fingerprint("f"))),
        new Question(
            "jobs of a fault in any failed status",
            FAILURES,
            5,
            list(group().fingerprint("f").statuses(MANY))),
        new Question(
            "jobs of a worker", "worker_1", 1, list(JobFilter.ALL.worker(WorkerId.next()))),
        new Question(
            "jobs of a fault in any status", FAILURES, 1, list(JobFilter.ALL.fingerprint("f"))),
        new Question(
            "failed jobs of a fault in any task",
            "status_1__id_1",
            2,
            list(FAILED.fingerprint("f"))),
        new Question("groups of failures", FAILURES, 1, groups(FAILED)),
        new Question("groups of failures of a task", FAILURES, 3, groups(FAILED.path("p"))),
        new Question("names of queues", "queue_1__id_1", 1, s -> s.queries().queues("m", 9)),
        new Question("names of tasks", "path_1__id_1", 1, s -> s.queries().paths("m", 9)),
        new Question(
            "count of a status", "status_1__id_1", 1, s -> s.queries().count(FAILED, 10_001)),
        new Question("jobs of a bulk action on a group", FAILURES, 4, next(group())),
        new Question("jobs of a bulk action on a queue", "queue_1__id_1", 2, next(queued())),
        new Question("jobs of a bulk action on a status", "status_1__id_1", 2, next(FAILED)),
        new Question(
            "what became of requeued jobs",
            "action_1",
            1,
            s -> s.bulk().outcomes(List.of(BulkActionId.next()))),
        new Question("count of a group", FAILURES, 3, s -> s.bulk().count(BulkFilter.of(group()))));
  }

  /** What the duties ask time and again; nobody waits for these. */
  static Stream<Question> duties() {
    return Stream.of(
        new Question(
            "unfinished jobs that would expire",
            MongoIndexes.ENDANGERED.name(),
            2,
            s -> s.recovery().keepUnfinished(Instant.parse("2101-01-01T00:00:00Z"), 1000)));
  }

  private static Consumer<MongoStores> next(JobFilter filter) {
    return stores -> stores.bulk().next(BulkFilter.of(filter.until(MutableClock.START)), null, 500);
  }

  private static JobFilter queued() {
    return JobFilter.ALL.queue("q").statuses(Set.of(JobStatus.QUEUED));
  }

  private static JobFilter group() {
    return FAILED.path("p").exceptiontype("E");
  }

  private static Consumer<MongoStores> list(JobFilter filter) {
    return stores -> stores.queries().summaries(filter, null, 50);
  }

  private static Consumer<MongoStores> groups(JobFilter filter) {
    return stores -> stores.queries().failures(filter, MutableClock.START, 50);
  }

  @ParameterizedTest
  @MethodSource({"questions", "duties"})
  void theQuestionIsTheBeginningOfItsIndex(Question question) {
    stores.indexes().ensure();
    List<String> fields = fields(question.index());
    Commands.Sent sent = asked(question);

    List<String> used = new ArrayList<>(sent.filters().getFirst().keySet());
    used.addAll(sent.body().getDocument("sort", new BsonDocument()).keySet());
    if (sent.body().get("key") instanceof BsonString key) {
      used.add(key.getValue());
    }

    assertThat(used).containsAll(fields.subList(0, question.keys()));
    List<String> demanded = demandedByValue(sent.filters().getFirst());
    List<String> sorted = List.copyOf(sent.body().getDocument("sort", new BsonDocument()).keySet());
    int equal = 0;
    while (equal < fields.size() && demanded.contains(fields.get(equal))) {
      equal++;
    }
    // The children of a job are few, and so are failures among all jobs: those are sorted when
    // they are found.
    boolean few = question.keys() == 1 && !question.index().equals("_id_");
    if (!sorted.isEmpty() && !few) {
      assertThat(fields.subList(equal, equal + 1)).isEqualTo(sorted);
    }
  }

  /** Never more than a page is looked at, and never for longer than people wait. */
  @ParameterizedTest
  @MethodSource("questions")
  void theServerEndsWhatTakesTooLong(Question question) {
    Commands.Sent sent = asked(question);

    assertThat(sent.body().getNumber("maxTimeMS").longValue())
        .isPositive()
        .isLessThanOrEqualTo(MongoJobQueries.LIMIT.toMillis());
  }

  private Commands.Sent asked(Question question) {
    commands.clear();
    question.ask().accept(stores);
    assertThat(commands.sent()).hasSize(1);
    return commands.sent().getFirst();
  }

  private List<String> fields(String index) {
    for (Document existing : database.getCollection("mrq_jobs").listIndexes()) {
      if (index.equals(existing.getString("name"))) {
        return List.copyOf(existing.get("key", Document.class).keySet());
      }
    }
    throw new AssertionError("no index " + index);
  }

  private static List<String> demandedByValue(BsonDocument filter) {
    List<String> fields = new ArrayList<>();
    for (Map.Entry<String, BsonValue> condition : filter.entrySet()) {
      boolean range =
          condition.getValue() instanceof BsonDocument operators && !operators.containsKey("$in");
      if (!range) {
        fields.add(condition.getKey());
      }
    }
    return fields;
  }
}
