package io.mrq.deployment.index;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.deployment.GeneratedText;
import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedMongoOptions;
import io.mrq.mongo.MongoStores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The commands with which an operator makes the indexes of jobs beforehand are the right ones. */
class IndexCommandsTest {
  private static final String ID = "_id_";

  @Test
  void thePageHasTheCommandsForTheIndexesThatMrqMakes() throws IOException {
    try (EmbeddedMongo server = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
        MongoClient client = MongoClients.create(server.uri())) {
      MongoDatabase database = client.getDatabase("mrq");
      MongoStores.of(database).indexes().ensure(false);
      List<String> lines = new ArrayList<>();
      for (Document index : database.getCollection("mrq_jobs").listIndexes()) {
        if (!ID.equals(index.getString("name"))) {
          lines.add("  " + line(index));
        }
      }
      lines.sort(null);
      GeneratedText.check(
          "docs/operating.md",
          "indexes",
          "```js\ndb.runCommand({createIndexes: \"mrq_jobs\", commitQuorum: \"majority\", indexes: [\n"
              + String.join(",\n", lines)
              + "\n]})\n```\n");
    }
  }

  private static String line(Document index) {
    Document shown = new Document("key", index.get("key")).append("name", index.get("name"));
    for (String option : List.of("sparse", "expireAfterSeconds", "partialFilterExpression")) {
      Object value = index.get(option);
      if (value != null && !Boolean.FALSE.equals(value)) {
        shown.append(option, value);
      }
    }
    return shown.toJson();
  }
}
