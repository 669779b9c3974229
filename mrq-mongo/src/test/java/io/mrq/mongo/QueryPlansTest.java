package io.mrq.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.mongo.QueryIndexesTest.Question;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mongodb.MongoDBContainer;

/** What a real MongoDB says that it does with each question that people ask. */
@Testcontainers(disabledWithoutDocker = true)
class QueryPlansTest {
  @Container private static final MongoDBContainer SERVER = new MongoDBContainer("mongo:8.0");

  private static final Commands COMMANDS = new Commands();
  private static MongoClient client;
  private static MongoDatabase database;
  private static MongoStores stores;

  @BeforeAll
  static void connect() {
    client =
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(SERVER.getConnectionString()))
                .addCommandListener(COMMANDS)
                .build());
    database = client.getDatabase("plans");
    stores = MongoStores.of(database);
    assertThat(stores.indexes().ensure()).isEmpty();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  static Stream<Question> questions() {
    return QueryIndexesTest.questions();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void noQuestionScansTheCollection(Question question) {
    assertThat(plan(question)).doesNotContain("COLLSCAN");
  }

  /** The groups of failures are made of the index alone. */
  @ParameterizedTest
  @MethodSource("questions")
  void groupsReadNoDocuments(Question question) {
    if (question.name().startsWith("groups")) {
      assertThat(plan(question)).contains(question.index()).doesNotContain("\"FETCH\"");
    }
  }

  private static String plan(Question question) {
    COMMANDS.clear();
    question.ask().accept(stores);
    BsonDocument command = COMMANDS.sent().getFirst().body().clone();
    Set.of("$db", "lsid", "$clusterTime", "maxTimeMS", "txnNumber").forEach(command::remove);
    return database.runCommand(new Document("explain", command)).toJson();
  }
}
