package io.mrq.mongo.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.mongo.Commands;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.mongo.index.Question.Order;
import io.mrq.mongo.query.MongoJobQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The index of each question (docs/adr/0026): by the rules of MongoDB's planner, which {@link
 * IndexRules} has, and by what the embedded store says itself. {@link QueryPlansTest} asks a real
 * server for its plans.
 */
// SEED-11, SEED-15, BUG-27
class QueryIndexesTest {
  private final Commands commands = new Commands();
  private final MongoClient client =
      MongoClients.create(TestMongo.settings().addCommandListener(commands).build());
  private final MongoDatabase database = client.getDatabase(TestMongo.newName());
  private final MongoStores stores = MongoStores.of(database);

  QueryIndexesTest() {
    stores.indexes().ensure();
  }

  @AfterEach
  void close() {
    client.close();
  }

  static Stream<Question> ofPeople() {
    return Questions.ofPeople();
  }

  static Stream<Question> ofDuties() {
    return Questions.ofDuties();
  }

  @ParameterizedTest
  @MethodSource({"ofPeople", "ofDuties"})
  void oneOfItsIndexesServesEachCommand(Question question) {
    List<IndexRules> all = rules();
    List<IndexRules> expected =
        all.stream().filter(index -> question.indexes().contains(index.name())).toList();
    assertThat(expected).hasSameSizeAs(question.indexes());

    for (Commands.Sent sent : asked(question)) {
      List<IndexRules> some = isOfNames(sent) ? named(all, JobIndexes.LISTS.name()) : expected;
      assertThat(some)
          .as("%s %s", sent.name(), sent.body())
          .anyMatch(index -> serves(index, sent, question.order()));
    }
  }

  /** The embedded store has rules of its own, which weigh how many entries an index has. */
  @ParameterizedTest
  @MethodSource({"ofPeople", "ofDuties"})
  void theEmbeddedStoreReadsNoCollection(Question question) {
    if (!TestMongo.isEmbedded()) {
      return;
    }
    for (Commands.Sent sent : asked(question)) {
      Document plan =
          database
              .runCommand(new Document("explain", Document.parse(sent.body().toJson())))
              .get("queryPlanner", Document.class)
              .get("winningPlan", Document.class);
      assertThat(plan.toJson()).as("%s %s", sent.name(), sent.body()).doesNotContain("COLLSCAN");
    }
  }

  private static boolean serves(IndexRules index, Commands.Sent sent, Order order) {
    BsonDocument filter = sent.filters().getFirst();
    if (namesIds(filter)) {
      return !(filter.get("_id") instanceof BsonDocument) || sent.hints().getFirst() != null;
    }
    if (sent.body().get("key") instanceof BsonString key) {
      return filter.isEmpty()
          ? index.holdsAllBy(key.getValue())
          : index.leadsTo(filter) && index.leapsOver(key.getValue(), filter);
    }
    List<String> sort = List.copyOf(sent.body().getDocument("sort", new BsonDocument()).keySet());
    boolean leads = index.leadsTo(filter) || (index.holdsAllBy("_id") && !sort.isEmpty());
    boolean ordered = sort.isEmpty() || order == Order.SORTED || index.gives(sort, filter);
    return leads && ordered && (order == Order.NONE || covers(index, sent));
  }

  /** Where jobs are counted or grouped, the index alone must tell enough. */
  private static boolean covers(IndexRules index, Commands.Sent sent) {
    if (!sent.name().equals("aggregate") || index.name().equals("action_1")) {
      return true;
    }
    for (BsonValue stage : sent.body().getArray("pipeline")) {
      if (stage.asDocument().containsKey("$group")) {
        BsonDocument group = stage.asDocument().getDocument("$group");
        return index.covers(sent.filters().getFirst(), group);
      }
    }
    return true;
  }

  private static boolean namesIds(BsonDocument filter) {
    BsonValue id = filter.get("_id");
    return id != null && (!id.isDocument() || id.asDocument().containsKey("$in"));
  }

  /** The names of queues or tasks, which a list by the other needs. */
  private static boolean isOfNames(Commands.Sent sent) {
    return sent.name().equals("distinct")
        && List.of("queue", "path").contains(sent.body().getString("key").getValue())
        && !sent.filters().getFirst().containsKey("status");
  }

  private static List<IndexRules> named(List<IndexRules> all, String name) {
    return all.stream().filter(index -> index.name().equals(name)).toList();
  }

  private List<IndexRules> rules() {
    List<IndexRules> found = new ArrayList<>();
    database
        .getCollection("mrq_jobs")
        .listIndexes(BsonDocument.class)
        .forEach(index -> found.add(IndexRules.of(index)));
    return found;
  }

  /** Never more than a page is looked at, and never for longer than people wait. */
  @ParameterizedTest
  @MethodSource("ofPeople")
  void theServerEndsWhatTakesTooLong(Question question) {
    assertThat(asked(question))
        .allSatisfy(sent ->
            assertThat(sent.body().getNumber("maxTimeMS").longValue())
                .isPositive()
                .isLessThanOrEqualTo(MongoJobQueries.LIMIT.toMillis()));
  }

  private List<Commands.Sent> asked(Question question) {
    commands.clear();
    question.ask().accept(stores);
    assertThat(commands.sent()).isNotEmpty();
    return List.copyOf(commands.sent());
  }
}
