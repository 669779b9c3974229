package io.mrq.mongo.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import io.mrq.job.WorkerId;
import io.mrq.mongo.Commands;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.TestMongo;
import io.mrq.test.MutableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Our indexes; Python's with exactly its options, where they are wanted; and no others of ours. */
class MongoIndexesTest {
  private static final String RARE =
      "\"abort\", \"cancel\", \"failed\", \"interrupt\", \"maxconcurrency\", \"maxretries\",";

  private static final Map<String, String> OURS =
      Map.ofEntries(
          Map.entry("_id_", ""),
          Map.entry("status_1_queue_1_lane_1_order_1__id_1", "only {\"status\": \"queued\"}"),
          Map.entry(
              "status_1_worker_1__id_1_queue_1",
              "only {\"status\": {\"$in\": [\"interrupt\", \"retry\", \"started\"]}}"),
          Map.entry("queue_1_path_1__id_1", ""),
          Map.entry("dateexpires_1", "sparse ttl 0"),
          Map.entry(
              "status_1__id_1_queue_1_path_1",
              "only {\"status\": {\"$in\": [" + RARE + " \"retry\", \"timeout\"]}}"),
          Map.entry(
              "status_1_worker_1__id_1",
              "only {\"status\": {\"$in\": ["
                  + RARE
                  + " \"queued\", \"retry\", \"timeout\"]}, \"worker\": {\"$exists\": true}}"),
          Map.entry("dateretry_1__id_1", "only {\"status\": \"retry\"}"),
          Map.entry("parent_1", "sparse"),
          Map.entry("action_1", "sparse"),
          Map.entry(
              "status_1_dateexpires_1",
              "only {\"status\": {\"$in\": [\"interrupt\", \"queued\", \"retry\","
                  + " \"started\"]}, \"dateexpires\": {\"$exists\": true}}"),
          Map.entry(
              "status_1_path_1_exceptiontype_1__id_1_fingerprint_1_dateupdated_1_queue_1",
              "only {\"exceptiontype\": {\"$gt\": \"\"}}"));

  private static final Map<String, String> PYTHONS =
      Map.ofEntries(
          Map.entry("status_1", ""),
          Map.entry("path_1", ""),
          Map.entry("worker_1", "sparse"),
          Map.entry("queue_1", ""),
          Map.entry("dateretry_1", "sparse"),
          Map.entry("datequeued_1", ""),
          Map.entry("queue_1_status_1_datequeued_1__id_1", ""),
          Map.entry("status_1_queue_1_path_1", ""));

  private final MongoDatabase database = TestMongo.newDatabase();
  private final MongoStores stores = MongoStores.of(database);

  private static Map<String, String> oursAndPythons() {
    Map<String, String> all = new TreeMap<>(OURS);
    all.putAll(PYTHONS);
    return all;
  }

  // TTL-07, WRK-23, BUG-50
  @Test
  void jobsHaveTheIndexesThatMrqNeeds() {
    assertThat(stores.indexes().ensure()).isEmpty();

    assertThat(indexes("mrq_jobs")).isEqualTo(new TreeMap<>(OURS));
  }

  // MIX-12
  @Test
  void pythonsIndexesAreMadeWhereTheyAreWanted() {
    assertThat(stores.indexes().ensure(true)).isEmpty();

    assertThat(indexes("mrq_jobs")).isEqualTo(oursAndPythons());
    assertThat(indexes("mrq_workers")).containsEntry("status_1", "");
    assertThat(indexes("mrq_logs")).containsEntry("job_1", "").containsEntry("worker_1", "sparse");
  }

  // MIX-12
  @Test
  void aWorkerOfPythonWantsItsIndexes() {
    WorkerId ours = WorkerId.next();
    stores.workers().register(ours, Map.of("name", "ours"));
    stores.workers().markAbsentLost(WorkerId.next(), MutableClock.START);
    stores.indexes().ensure();
    assertThat(indexes("mrq_jobs")).isEqualTo(new TreeMap<>(OURS));

    database.getCollection("mrq_workers").insertOne(new Document("status", "started"));
    stores.indexes().ensure();

    assertThat(indexes("mrq_jobs")).isEqualTo(oursAndPythons());
  }

  @Test
  void whatEarlierVersionsMadeIsDroppedAndNothingElse() {
    MongoCollection<Document> jobs = database.getCollection("mrq_jobs");
    Stream.concat(JobIndexes.EARLIER.stream(), PythonIndexes.OF_JOBS.stream())
        .forEach(index -> jobs.createIndex(index.keys(), index.options()));
    jobs.createIndex(new Document("params.customer", 1));
    jobs.createIndex(new Document("status", 1).append("worker", -1));

    assertThat(stores.indexes().ensure()).isEmpty();

    Map<String, String> expected = new TreeMap<>(OURS);
    expected.put("params.customer_1", "");
    expected.put("status_1_worker_-1", "");
    assertThat(indexes("mrq_jobs")).isEqualTo(expected);
  }

  @Test
  void anIndexWithOtherOptionsIsSomebodyElses() {
    database
        .getCollection("mrq_jobs")
        .createIndex(new Document("worker", 1), new IndexOptions().sparse(false));

    assertThat(stores.indexes().ensure()).isEmpty();

    assertThat(indexes("mrq_jobs")).containsEntry("worker_1", "");
  }

  @Test
  void nothingIsDroppedBeforeWhatTakesItsPlaceIsThere() {
    MongoCollection<Document> jobs = database.getCollection("mrq_jobs");
    jobs.createIndex(new Document("queue", 1).append("_id", 1));
    jobs.createIndex(new Document("queue", 1).append("path", 1).append("_id", 1), otherOptions());

    assertThat(stores.indexes().ensure()).containsExactly("mrq_jobs[queue, path, _id]");

    assertThat(indexes("mrq_jobs")).containsKey("queue_1__id_1");
  }

  private static IndexOptions otherOptions() {
    return new IndexOptions().sparse(true);
  }

  // TTL-07, MIX-12
  @Test
  void theOtherCollectionsExpireTheirDocuments() {
    stores.indexes().ensure();

    assertThat(indexes("mrq_workers"))
        .isEqualTo(
            new TreeMap<>(
                Map.of("_id_", "", "datereported_1", "ttl 3600", "beat_1_lost_1__id_1", "")));
    assertThat(indexes("mrq_job_keys"))
        .isEqualTo(new TreeMap<>(Map.of("_id_", "", "expires_1", "sparse ttl 0")));
    assertThat(indexes("mrq_actions"))
        .isEqualTo(
            new TreeMap<>(Map.of("_id_", "", "status_1", "", "ended_1", "sparse ttl 2592000")));
    assertThat(indexes("mrq_audit"))
        .isEqualTo(new TreeMap<>(Map.of("_id_", "", "dateexpires_1", "sparse ttl 0")));
    assertThat(indexes("mrq_stats")).containsOnlyKeys("_id_", "date_1");
    assertThat(indexes("mrq_schedules"))
        .isEqualTo(new TreeMap<>(Map.of("_id_", "", "wake_1", "sparse", "owner_1", "")));
    assertThat(indexes("mrq_rates")).containsOnlyKeys("_id_", "date_1");
  }

  // BAS-11
  @Test
  void linesOfAJobAreReadInOrderByAnIndex() {
    stores.indexes().ensure();

    assertThat(indexes("mrq_logs")).isEqualTo(new TreeMap<>(Map.of("_id_", "", "job_1__id_1", "")));
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

    assertThat(stores.indexes().ensure(true)).containsExactly("mrq_jobs[worker]");

    assertThat(indexes("mrq_jobs")).containsEntry("worker_1", "").containsKey("dateretry_1__id_1");
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

      assertThat(MongoStores.of(fresh).indexes().ensure(true)).isEmpty();
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
        .isEqualTo("status_1_queue_1_lane_1_order_1__id_1");
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
