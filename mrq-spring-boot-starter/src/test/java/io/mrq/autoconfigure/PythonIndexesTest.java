package io.mrq.autoconfigure;

import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedMongoOptions;
import io.mrq.mongo.MongoStores;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mrq.mongo.python-indexes} decides whether Python's indexes are there. */
class PythonIndexesTest {
  private static final String PYTHONS = "datequeued_1";
  private static final String OURS = "queue_1_path_1__id_1";

  private final EmbeddedMongo server = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
  private final MongoClient client = MongoClients.create(server.uri());
  private final MongoDatabase database = client.getDatabase("mrq");

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private Set<String> indexes() {
    return database
        .getCollection("mrq_jobs")
        .listIndexes()
        .map(index -> index.getString("name"))
        .into(new HashSet<>());
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, true",
    "false, true, false",
    "auto, true, true",
    "auto, false, false",
    ", true, true"
  })
  void theyAreMadeAsConfigured(
      @Nullable String setting, boolean hasPythonWorker, boolean expected) {
    MongoStores.of(database).indexes().ensure(false);
    database.getCollection("mrq_jobs").dropIndex(OURS);
    if (hasPythonWorker) {
      database.getCollection("mrq_workers").insertOne(new Document("status", "started"));
    }
    AwayStores.application()
        .withPropertyValues("spring.mongodb.uri=" + server.uri())
        .withPropertyValues(
            setting == null ? new String[0] : new String[] {"mrq.mongo.python-indexes=" + setting})
        .run(_ -> {
          await()
              .atMost(Duration.ofSeconds(60))
              .until(() -> indexes().contains(OURS) && indexes().contains(PYTHONS) == expected);
        });
  }
}
