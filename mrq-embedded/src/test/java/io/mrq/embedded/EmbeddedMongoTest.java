package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMongoTest {

  @TempDir Path dir;

  @Test
  void keeps_documents_over_a_restart() {
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = MongoClients.create(mongo.uri())) {
      jobs(client).insertOne(new Document("_id", 1).append("a", "b"));
    }
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = MongoClients.create(mongo.uri())) {
      assertThat(jobs(client).find().first()).isEqualTo(new Document("_id", 1).append("a", "b"));
    }
  }

  private static MongoCollection<Document> jobs(MongoClient client) {
    return client.getDatabase("mrq").getCollection("jobs");
  }
}
