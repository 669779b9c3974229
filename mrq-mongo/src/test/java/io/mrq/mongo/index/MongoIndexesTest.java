package io.mrq.mongo.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import io.mrq.mongo.Commands;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Python's indexes with exactly its options, and ours. */
class MongoIndexesTest {
  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoStores stores = MongoStores.of(database);

  // TTL-07, WRK-23, MIX-12, BUG-50
  @Test
  void jobsHavePythonsIndexesAndOurs() {
    assertThat(stores.indexes().ensure()).isEmpty();

    assertThat(indexes("mrq_jobs"))
        .isEqualTo(
            new TreeMap<>(
                Map.ofEntries(
                    Map.entry("_id_", ""),
                    Map.entry("status_1", ""),
                    Map.entry("path_1", ""),
                    Map.entry("worker_1", "sparse"),
                    Map.entry("queue_1", ""),
                    Map.entry("dateexpires_1", "sparse ttl 0"),
                    Map.entry("dateretry_1", "sparse"),
                    Map.entry("datequeued_1", ""),
                    Map.entry("queue_1_status_1_datequeued_1__id_1", ""),
                    Map.entry("status_1_queue_1_path_1", ""),
                    Map.entry("queue_1_status_1_order_1__id_1", ""),
                    Map.entry("status_1_worker_1", ""),
                    Map.entry("status_1_dateretry_1", ""),
                    Map.entry("parent_1", "sparse"),
                    Map.entry("action_1", "sparse"),
                    Map.entry("status_1__id_1", ""),
                    Map.entry("path_1__id_1", ""),
                    Map.entry("queue_1__id_1", ""),
                    Map.entry(
                        "status_1_dateexpires_1",
                        "only {\"status\": {\"$in\": [\"interrupt\", \"queued\", \"retry\","
                            + " \"started\"]}, \"dateexpires\": {\"$exists\": true}}"),
                    Map.entry(
                        "status_1_path_1_exceptiontype_1__id_1_fingerprint_1_dateupdated_1_queue_1",
                        "only {\"exceptiontype\": {\"$gt\": \"\"}}"))));
  }

  // TTL-07, MIX-12
  @Test
  void theOtherCollectionsExpireTheirDocuments() {
    stores.indexes().ensure();

    assertThat(indexes("mrq_workers"))
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "_id_",
                    "",
                    "status_1",
                    "",
                    "datereported_1",
                    "ttl 3600",
                    "beat_1_lost_1__id_1",
                    "")));
    assertThat(indexes("mrq_job_keys"))
        .isEqualTo(new TreeMap<>(Map.of("_id_", "", "expires_1", "sparse ttl 0")));
    assertThat(indexes("mrq_actions"))
        .isEqualTo(
            new TreeMap<>(Map.of("_id_", "", "status_1", "", "ended_1", "sparse ttl 2592000")));
    assertThat(indexes("mrq_audit"))
        .isEqualTo(new TreeMap<>(Map.of("_id_", "", "dateexpires_1", "sparse ttl 0")));
    assertThat(indexes("mrq_stats")).containsOnlyKeys("_id_", "date_1");
    assertThat(indexes("mrq_rates")).containsOnlyKeys("_id_", "date_1");
  }

  // BAS-11
  @Test
  void linesOfAJobAreReadInOrderByAnIndex() {
    stores.indexes().ensure();

    assertThat(indexes("mrq_logs"))
        .isEqualTo(
            new TreeMap<>(
                Map.of("_id_", "", "job_1", "", "worker_1", "sparse", "job_1__id_1", "")));
  }

  // BAS-11
  @Test
  void ensuringAgainChangesNothing() {
    stores.indexes().ensure();
    Map<String, String> before = indexes("mrq_jobs");

    assertThat(stores.indexes().ensure()).isEmpty();

    assertThat(indexes("mrq_jobs")).isEqualTo(before);
  }

  @Test
  void anIndexInTheWayIsToldAndLeftAsItIs() {
    database
        .getCollection("mrq_jobs")
        .createIndex(new Document("worker", 1), new IndexOptions().sparse(false));

    assertThat(stores.indexes().ensure()).containsExactly("mrq_jobs[worker]");

    assertThat(indexes("mrq_jobs"))
        .containsEntry("worker_1", "")
        .containsKey("status_1_dateretry_1");
  }

  @Test
  void aFlagWrittenAsANumberIsWhatItSays() {
    for (Object flag : List.of(1, 1.0)) {
      MongoDatabase fresh = TestMongo.newDatabase();
      fresh.runCommand(
          new Document("createIndexes", "mrq_jobs")
              .append(
                  "indexes",
                  List.of(
                      new Document("key", new Document("worker", 1))
                          .append("name", "worker_1")
                          .append("sparse", flag))));

      assertThat(MongoStores.of(fresh).indexes().ensure()).isEmpty();
    }
  }

  @Test
  void whatIsMissingIsOneCommandWithTheDequeueIndexFirst() {
    Commands commands = new Commands();
    try (MongoClient client =
        MongoClients.create(TestMongo.settings().addCommandListener(commands).build())) {
      MongoStores.of(client.getDatabase(TestMongo.newName())).indexes().ensure();
    }

    List<BsonDocument> created =
        commands.sent().stream()
            .filter(sent -> sent.name().equals("createIndexes"))
            .map(Commands.Sent::body)
            .toList();
    assertThat(created)
        .extracting(command -> command.getString("createIndexes").getValue())
        .doesNotHaveDuplicates();
    assertThat(created).noneMatch(command -> command.containsKey("maxTimeMS"));
    BsonDocument jobs = created.getFirst();
    assertThat(jobs.getArray("indexes").getFirst().asDocument().getString("name").getValue())
        .isEqualTo("queue_1_status_1_order_1__id_1");
  }

  private Map<String, String> indexes(String collection) {
    Map<String, String> found = new TreeMap<>();
    for (Document index : database.getCollection(collection).listIndexes()) {
      List<String> options = new ArrayList<>();
      if (index.getBoolean("sparse", false)) {
        options.add("sparse");
      }
      if (index.get("expireAfterSeconds") instanceof Number seconds) {
        options.add("ttl " + seconds.longValue());
      }
      if (index.get("partialFilterExpression") instanceof Document only) {
        options.add("only " + only.toJson());
      }
      assertThat(index.getBoolean("unique", false)).isEqualTo(false);
      found.put(index.getString("name"), String.join(" ", options));
    }
    return found;
  }
}
