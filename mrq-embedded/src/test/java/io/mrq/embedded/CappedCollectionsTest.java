package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Sorts;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Capped collections keep their size, and say what they are. */
class CappedCollectionsTest {

  @TempDir Path folder;

  @Test
  void a_capped_collection_loses_its_oldest_documents_and_stays_capped_when_the_store_is_opened() {
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(folder));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoDatabase database = client.getDatabase("mrq");
      database.createCollection(
          "logs", new CreateCollectionOptions().capped(true).sizeInBytes(10_000));
      insert(database.getCollection("logs"), 0, 30);
      assertThat(options(database, "logs"))
          .isEqualTo(new Document("capped", true).append("size", 10_000L));
      assertThat(statistics(database)).containsEntry("capped", true);
      assertThat(statistics(database).getInteger("size")).isBetween(9_000, 10_000);
    }
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(folder));
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoDatabase database = client.getDatabase("mrq");
      insert(database.getCollection("logs"), 30, 40);
      assertThat(statistics(database).getInteger("size")).isBetween(9_000, 10_000);
      assertThat(database.getCollection("logs").find().sort(Sorts.descending("_id")).first())
          .containsEntry("_id", 39);
      assertThat(options(database, "logs")).containsEntry("capped", true);
    }
  }

  @Test
  void a_collection_becomes_capped() {
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoDatabase database = client.getDatabase("mrq");
      insert(database.getCollection("logs"), 0, 30);
      insert(database.getCollection("others"), 0, 30);
      database.runCommand(new Document("convertToCapped", "logs").append("size", 10_000));
      assertThat(options(database, "logs")).containsEntry("capped", true);
      assertThat(options(database, "others")).isEmpty();
      assertThat(statistics(database).getInteger("size")).isLessThanOrEqualTo(10_000);
      assertThat(database.getCollection("others").countDocuments()).isEqualTo(30);
      database.getCollection("logs").drop();
      insert(database.getCollection("logs"), 0, 30);
      assertThat(database.getCollection("logs").countDocuments()).isEqualTo(30);
    }
  }

  @Test
  void what_cannot_be_capped_is_refused() {
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
        MongoClient client = MongoClients.create(mongo.uri())) {
      MongoDatabase database = client.getDatabase("mrq");
      assertThatThrownBy(() ->
              database.runCommand(
                  new Document("convertToCapped", "nothing").append("size", 10_000)))
          .isInstanceOfSatisfying(
              MongoCommandException.class, e -> assertThat(e.getErrorCode()).isEqualTo(26));
      assertThatThrownBy(
              () -> database.runCommand(new Document("create", "logs").append("capped", true)))
          .isInstanceOfSatisfying(
              MongoCommandException.class, e -> assertThat(e.getErrorCode()).isEqualTo(72));
    }
  }

  private static void insert(MongoCollection<Document> logs, int from, int to) {
    for (int i = from; i < to; i++) {
      logs.insertOne(new Document("_id", i).append("text", "x".repeat(500)));
    }
  }

  private static Document options(MongoDatabase database, String collection) {
    Document found = database.listCollections().filter(new Document("name", collection)).first();
    assertThat(found).isNotNull();
    return found.get("options", Document.class);
  }

  private static Document statistics(MongoDatabase database) {
    return database.runCommand(new Document("collStats", "logs"));
  }
}
