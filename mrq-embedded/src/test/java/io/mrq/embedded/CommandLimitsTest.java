package io.mrq.embedded;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.BSONTimestamp;
import org.bson.types.CodeWithScope;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** How much of an answer comes at once, how long a command may take, how large a document is. */
class CommandLimitsTest extends OnEmptyCollection {
  @Test
  void the_first_answer_to_a_find_has_101_documents_unless_a_size_is_asked_for() {
    insert(250);
    Document find = new Document("find", name());
    assertThat(firstBatch(find)).hasSize(101);
    assertThat(firstBatch(new Document(find).append("limit", 200))).hasSize(101);
    assertThat(firstBatch(new Document(find).append("batchSize", 150))).hasSize(150);
    assertThat(firstBatch(new Document(find).append("batchSize", 0))).isEmpty();
    assertThat(firstBatch(new Document(find).append("batchSize", 1000))).hasSize(250);
    assertThat(jobs.find().into(new ArrayList<>())).hasSize(250);
    assertThat(jobs.find().batchSize(7).into(new ArrayList<>())).hasSize(250);
  }

  @Test
  void the_rest_comes_at_once_unless_a_size_is_asked_for() {
    insert(250);
    long id = cursor(new Document("find", name())).getLong("id");
    Document rest = database.runCommand(new Document("getMore", id).append("collection", name()));
    assertThat(rest.get("cursor", Document.class).getList("nextBatch", Document.class))
        .hasSize(149);
    assertThat(rest.get("cursor", Document.class).getLong("id")).isZero();
    assertThatThrownBy(
            () -> database.runCommand(new Document("getMore", id).append("collection", name())))
        .isInstanceOfSatisfying(
            MongoCommandException.class, e -> assertThat(e.getErrorCode()).isEqualTo(43));
  }

  @Test
  void the_first_answer_to_an_aggregation_has_101_documents_unless_a_size_is_asked_for() {
    insert(250);
    Document aggregate = new Document("aggregate", name()).append("pipeline", List.of());
    assertThat(firstBatch(new Document(aggregate).append("cursor", new Document()))).hasSize(101);
    assertThat(firstBatch(new Document(aggregate).append("cursor", new Document("batchSize", 150))))
        .hasSize(150);
    assertThat(jobs.aggregate(List.of()).into(new ArrayList<>())).hasSize(250);
  }

  @Test
  void a_command_that_takes_longer_than_it_may_is_ended_with_code_50() {
    insert(20_000);
    assertThatThrownBy(
            () -> jobs.find(Filters.regex("text", "nothing")).maxTime(1, MILLISECONDS).first())
        .isInstanceOfSatisfying(
            MongoExecutionTimeoutException.class, e -> assertThat(e.getCode()).isEqualTo(50));
    MongoExecutionTimeoutException update =
        catchThrowableOfType(
            MongoExecutionTimeoutException.class,
            () ->
                database.runCommand(
                    new Document("update", name())
                        .append("maxTimeMS", 1)
                        .append(
                            "updates",
                            List.of(
                                new Document("q", Filters.regex("text", "x").toBsonDocument())
                                    .append("u", new Document("$set", new Document("a", 1)))
                                    .append("multi", true)))));
    assertThat(update.getCode()).isEqualTo(50);
    assertThat(jobs.countDocuments(Filters.exists("a"))).isZero();
    assertThat(jobs.find().maxTime(1, TimeUnit.MINUTES).into(new ArrayList<>())).hasSize(20_000);
  }

  @Test
  void a_find_and_modify_that_waited_for_others_longer_than_it_may_changes_nothing()
      throws Exception {
    insert(20_000);
    ObjectId id = new ObjectId();
    jobs.insertOne(new Document("_id", id).append("n", 0));
    AtomicBoolean enough = new AtomicBoolean();
    Thread other =
        Thread.startVirtualThread(() -> {
          while (!enough.get()) {
            jobs.updateMany(Filters.regex("text", "nothing"), Updates.set("a", 1));
          }
        });
    FindOneAndUpdateOptions briefly = new FindOneAndUpdateOptions().maxTime(1, MILLISECONDS);
    AtomicInteger changes = new AtomicInteger();
    try {
      await()
          .pollDelay(Duration.ofMillis(100))
          .untilAsserted(() ->
              assertThatThrownBy(
                      () -> {
                        jobs.findOneAndUpdate(Filters.eq(id), Updates.inc("n", 1), briefly);
                        changes.incrementAndGet();
                      })
                  .isInstanceOf(MongoExecutionTimeoutException.class));
    } finally {
      enough.set(true);
      other.join();
    }
    assertThat(jobs.find(Filters.eq(id)).map(job -> job.getInteger("n")))
        .containsExactly(changes.get());
  }

  @Test
  void a_document_that_an_update_makes_too_large_is_refused_with_code_17419() {
    byte[] bytes = new byte[9 << 20];
    jobs.insertOne(new Document("_id", 1).append("a", bytes));
    assertThatThrownBy(() -> jobs.updateOne(Filters.eq("_id", 1), Updates.set("b", bytes)))
        .isInstanceOfSatisfying(
            MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(17419));
    assertThat(jobs.find().first()).doesNotContainKey("b");
  }

  @Test
  void a_document_that_is_too_large_when_it_is_inserted_is_refused_with_code_10334() {
    byte[] bytes = new byte[16 << 20];
    assertThatThrownBy(() ->
            database.runCommand(
                new Document("insert", name())
                    .append("documents", List.of(new Document("a", bytes)))))
        .isInstanceOfSatisfying(
            MongoCommandException.class, e -> assertThat(e.getErrorCode()).isEqualTo(10334));
    insert(1);
    assertThat(jobs.countDocuments()).isEqualTo(1);
  }

  @Test
  void a_write_that_wants_no_answer_is_done_before_what_follows_it() {
    MongoCollection<Document> unacknowledged = jobs.withWriteConcern(WriteConcern.UNACKNOWLEDGED);
    for (int i = 0; i < 500; i++) {
      unacknowledged.insertOne(new Document("_id", i));
    }
    unacknowledged.updateOne(Filters.eq("_id", 3), Updates.set("a", 1));
    unacknowledged.insertOne(new Document("_id", 3));
    try (MongoClient one = MongoClients.create(mongo.uri() + "?maxPoolSize=1")) {
      MongoCollection<Document> alone = one.getDatabase("mrq").getCollection(name() + "b");
      alone.withWriteConcern(WriteConcern.UNACKNOWLEDGED).insertOne(new Document("_id", 1));
      assertThat(alone.countDocuments()).isEqualTo(1);
    }
  }

  @Test
  void a_value_that_cannot_be_stored_is_told_and_the_connection_stays() {
    try (MongoClient one = MongoClients.create(mongo.uri() + "?maxPoolSize=1&retryWrites=false")) {
      MongoCollection<Document> odd = one.getDatabase("mrq").getCollection(name());
      assertThatThrownBy(
              () -> odd.insertOne(new Document("a", new CodeWithScope("f()", new Document()))))
          .isInstanceOfSatisfying(
              MongoCommandException.class, e -> assertThat(e.getErrorCode()).isEqualTo(2));
      odd.insertOne(new Document("a", new BSONTimestamp(1, 2)));
      assertThat(odd.countDocuments()).isEqualTo(1);
    }
  }

  private List<Document> firstBatch(Document command) {
    return cursor(command).getList("firstBatch", Document.class);
  }

  private Document cursor(Document command) {
    return database.runCommand(command).get("cursor", Document.class);
  }

  private void insert(int count) {
    jobs.insertMany(
        IntStream.range(0, count)
            .mapToObj(i -> new Document("_id", i).append("text", "x".repeat(100)))
            .toList());
  }
}
