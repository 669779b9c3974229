package io.mrq.mongo.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import io.mrq.job.Claim;
import io.mrq.job.JobId;
import io.mrq.job.WorkerId;
import io.mrq.mongo.Commands;
import io.mrq.mongo.MongoStores;
import io.mrq.test.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.mongodb.MongoDBContainer;

/**
 * What a real MongoDB does with each question, on a collection that is large enough to tell: the
 * plan that it chose, and how many keys it looked at. The image is {@code mrq.test.mongo.image}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueryPlansBench {
  private static final int JOBS = 100_000;
  private static final int PAGE = 5_000;
  private static final int TASKS = 10;

  /** A page, a batch, or a full count; never a queue or the collection. */
  private static final int MOST_KEYS = 15_000;

  /** What is found by a walk over all ids, or over all that is queued, until a page is full. */
  private static final Set<String> WALKS = Set.of("all jobs", "jobs of a worker", "queued jobs");

  private final Commands commands = new Commands();
  private final MongoDBContainer server;
  private final MongoClient client;
  final MongoDatabase database;
  private final MongoStores stores;
  private final List<JobId> queued = new ArrayList<>();

  QueryPlansBench(MongoDBContainer started) {
    server = started;
    client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(server.getReplicaSetUrl()))
                .addCommandListener(commands)
                .build());
    database = client.getDatabase("plans");
    stores = MongoStores.of(database);
  }

  MongoClient client() {
    return client;
  }

  /** A server of the image that the run is for. */
  static MongoDBContainer image() {
    return new MongoDBContainer(System.getProperty("mrq.test.mongo.image", "mongo:8.0"));
  }

  @BeforeAll
  void fill() {
    assertThat(stores.indexes().ensure()).isEmpty();
    for (int from = 0; from < JOBS; from += PAGE) {
      List<Document> page = new ArrayList<>(PAGE);
      for (int i = from; i < from + PAGE; i++) {
        page.add(job(i));
      }
      database.getCollection("mrq_jobs").insertMany(page, new InsertManyOptions().ordered(false));
    }
  }

  /** Of ten jobs two wait, in two queues by turns, and two have failed. */
  private Document job(int number) {
    ObjectId id = new ObjectId();
    Document job =
        new Document("_id", id)
            .append("path", number % TASKS == 0 ? "p" : "path" + number % TASKS)
            .append("params", new Document("a", "x".repeat(200)))
            .append("queue", number % 2 == 0 ? "q" : "r")
            .append("datequeued", Date.from(MutableClock.START.plusMillis(number)))
            .append("order", (double) number)
            .append("lane", "");
    switch (number / TASKS % 10) {
      case 0, 1 -> {
        job.append("status", "queued");
        if (number % 2 == 0) {
          queued.add(new JobId(id.toHexString()));
        }
      }
      case 2, 3 ->
          job.append("status", "failed")
              .append("dateupdated", Date.from(MutableClock.START.plusMillis(number)))
              .append("exceptiontype", number % 4 == 0 ? "E" : "F")
              .append("fingerprint", number % 8 == 0 ? "f" : "g");
      // The server itself deletes what is overdue, so these are not.
      default ->
          job.append("status", "success")
              .append("dateexpires", Date.from(Instant.parse("2100-01-01T00:00:00Z")));
    }
    return job;
  }

  @AfterAll
  void close() {
    client.close();
    server.stop();
  }

  static Stream<Question> questions() {
    return Questions.ofPeople();
  }

  static Stream<Question> duties() {
    return Questions.ofDuties();
  }

  @ParameterizedTest
  @MethodSource({"questions", "duties"})
  void noQuestionScansTheCollection(Question question) {
    for (BsonDocument plan : plans(() -> question.ask().accept(stores))) {
      assertThat(winning(plan)).doesNotContain("COLLSCAN");
      if (!question.name().startsWith("groups") && !WALKS.contains(question.name())) {
        assertThat(most(plan, "totalKeysExamined")).isLessThanOrEqualTo(MOST_KEYS);
      }
    }
  }

  /** The groups of failures and the counts of queues are made of an index alone. */
  @ParameterizedTest
  @MethodSource({"questions", "duties"})
  void groupsReadNoDocuments(Question question) {
    if (question.name().startsWith("groups") || question.name().equals("counts of queues")) {
      for (BsonDocument plan : plans(() -> question.ask().accept(stores))) {
        assertThat(winning(plan)).containsAnyOf(question.indexes().toArray(String[]::new));
        assertThat(winning(plan)).doesNotContain("\"FETCH\"");
        assertThat(most(plan, "totalDocsExamined")).isZero();
      }
    }
  }

  /** More than a hundred: left to itself the planner may settle on the index of the queue. */
  @Test
  void aClaimOfManyLooksAtItsJobsOnly() {
    List<JobId> head = queued.subList(0, 300);

    BsonDocument plan =
        plan(() ->
            stores.jobs().claim(Claim.by(WorkerId.next()), "elsewhere", head, MutableClock.START));

    assertThat(most(plan, "totalKeysExamined")).isLessThanOrEqualTo(3 * 300);
  }

  @Test
  void theHeadOfAQueueIsReadInOrder() {
    BsonDocument plan = plan(() -> stores.jobs().queued(List.of("q"), 100));

    assertThat(winning(plan)).doesNotContain("\"SORT\"");
    assertThat(most(plan, "totalKeysExamined")).isLessThanOrEqualTo(110);
  }

  @Test
  void beatsAreReadFromTheIndexAlone() {
    stores.workers().register(WorkerId.next(), Map.of("name", "w"));

    BsonDocument plan = plan(() -> stores.workers().beats());

    assertThat(most(plan, "totalDocsExamined")).isZero();
  }

  private BsonDocument plan(Runnable ask) {
    return plans(ask).getFirst();
  }

  private List<BsonDocument> plans(Runnable ask) {
    commands.clear();
    ask.run();
    return List.copyOf(commands.sent()).stream().map(this::explained).toList();
  }

  private BsonDocument explained(Commands.Sent sent) {
    BsonDocument command = sent.body().clone();
    Set.of(
            "$db",
            "lsid",
            "$clusterTime",
            "$readPreference",
            "maxTimeMS",
            "txnNumber",
            "writeConcern")
        .forEach(command::remove);
    return database
        .withCodecRegistry(MongoClientSettings.getDefaultCodecRegistry())
        .runCommand(
            new Document("explain", command).append("verbosity", "executionStats"),
            BsonDocument.class);
  }

  /** The plans that were carried out, without those that were thought of. */
  private static String winning(BsonValue part) {
    StringBuilder plans = new StringBuilder();
    walk(part, "winningPlan", plan -> plans.append(plan).append('\n'));
    assertThat(plans).isNotEmpty();
    return plans.toString();
  }

  private static long most(BsonValue part, String number) {
    List<Long> found = new ArrayList<>();
    walk(part, number, value -> found.add(value.asNumber().longValue()));
    return found.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private static void walk(BsonValue part, String name, Consumer<BsonValue> each) {
    switch (part) {
      case BsonDocument document ->
          document.forEach((key, value) -> {
            if (key.equals(name)) {
              each.accept(value);
            } else {
              walk(value, name, each);
            }
          });
      case BsonArray array -> array.forEach(value -> walk(value, name, each));
      default -> {}
    }
  }
}
