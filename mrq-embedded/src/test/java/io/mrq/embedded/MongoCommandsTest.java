package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.client.result.UpdateResult;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that the suite uses answer as MongoDB answers. */
class MongoCommandsTest {

  static EmbeddedMongo mongo;
  static MongoClient client;

  MongoCollection<Document> jobs;

  @BeforeAll
  static void open() {
    mongo = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
    client = MongoClients.create(mongo.uri());
  }

  @AfterAll
  static void close() {
    client.close();
    mongo.close();
  }

  @BeforeEach
  void emptyCollection() {
    jobs = client.getDatabase("mrq").getCollection("jobs" + new ObjectId());
  }

  @Test
  void unordered_insert_tells_each_duplicate_by_its_index_and_stores_the_rest() {
    jobs.insertOne(doc(2));
    MongoBulkWriteException e =
        catchThrowableOfType(
            MongoBulkWriteException.class,
            () ->
                jobs.insertMany(
                    List.of(doc(1), doc(2), doc(3), doc(1)),
                    new InsertManyOptions().ordered(false)));
    assertThat(e.getWriteErrors()).extracting(BulkWriteError::getIndex).containsExactly(1, 3);
    assertThat(e.getWriteErrors()).extracting(BulkWriteError::getCode).containsOnly(11000);
    assertThat(e.getWriteResult().getInsertedCount()).isEqualTo(2);
    assertThat(ids(jobs.find().into(new ArrayList<>()))).containsExactly(1, 2, 3);
  }

  @Test
  void ordered_insert_stops_at_the_first_duplicate() {
    jobs.insertOne(doc(2));
    MongoBulkWriteException e =
        catchThrowableOfType(
            MongoBulkWriteException.class, () -> jobs.insertMany(List.of(doc(1), doc(2), doc(3))));
    assertThat(e.getWriteErrors()).extracting(BulkWriteError::getIndex).containsExactly(1);
    assertThat(e.getWriteResult().getInsertedCount()).isEqualTo(1);
    assertThat(jobs.countDocuments()).isEqualTo(2);
  }

  @Test
  void unordered_bulk_write_counts_what_it_matched() {
    insert(100);
    List<WriteModel<Document>> writes = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      writes.add(
          new UpdateOneModel<>(
              new Document("_id", i).append("status", i < 90 ? "queued" : "started"),
              Updates.set("status", "success")));
    }
    BulkWriteResult result = jobs.bulkWrite(writes, new BulkWriteOptions().ordered(false));
    assertThat(result.getMatchedCount()).isEqualTo(90);
    assertThat(result.getModifiedCount()).isEqualTo(90);
    assertThat(jobs.countDocuments(Filters.eq("status", "success"))).isEqualTo(90);
  }

  @Test
  void an_error_of_one_update_leaves_the_others_of_an_unordered_bulk_write() {
    insert(3);
    jobs.createIndex(Indexes.ascending("hash"), new IndexOptions().unique(true).sparse(true));
    List<WriteModel<Document>> writes =
        IntStream.range(0, 3)
            .<WriteModel<Document>>mapToObj(
                i -> new UpdateOneModel<>(new Document("_id", i), Updates.set("hash", i / 2)))
            .toList();
    MongoBulkWriteException e =
        catchThrowableOfType(
            MongoBulkWriteException.class,
            () -> jobs.bulkWrite(writes, new BulkWriteOptions().ordered(false)));
    assertThat(e.getWriteErrors()).extracting(BulkWriteError::getIndex).containsExactly(1);
    assertThat(e.getWriteErrors().getFirst().getCode()).isEqualTo(11000);
    assertThat(e.getWriteResult().getMatchedCount()).isEqualTo(2);
    assertThat(jobs.countDocuments(Filters.exists("hash"))).isEqualTo(2);
  }

  @Test
  void an_ordered_bulk_write_stops_at_its_first_error() {
    insert(3);
    jobs.createIndex(Indexes.ascending("hash"), new IndexOptions().unique(true).sparse(true));
    List<WriteModel<Document>> writes =
        IntStream.range(0, 3)
            .<WriteModel<Document>>mapToObj(
                i -> new UpdateOneModel<>(new Document("_id", i), Updates.set("hash", i / 2)))
            .toList();
    MongoBulkWriteException e =
        catchThrowableOfType(MongoBulkWriteException.class, () -> jobs.bulkWrite(writes));
    assertThat(e.getWriteErrors()).extracting(BulkWriteError::getIndex).containsExactly(1);
    assertThat(jobs.countDocuments(Filters.exists("hash"))).isEqualTo(1);
  }

  @Test
  void update_many_by_ids_and_status_counts_matched_and_modified() {
    insert(10);
    jobs.updateOne(Filters.eq("_id", 3), Updates.set("status", "cancel"));
    ObjectId claim = new ObjectId();
    UpdateResult result =
        jobs.updateMany(
            new Document("_id", new Document("$in", List.of(1, 2, 3, 4, 99)))
                .append("status", "queued")
                .append("queue", "default"),
            Updates.combine(
                Updates.set("status", "started"),
                Updates.set("claim", claim),
                Updates.inc("attempt", 1),
                Updates.unset("dateexpires"),
                Updates.currentDate("datestarted")));
    assertThat(result.getMatchedCount()).isEqualTo(3);
    assertThat(result.getModifiedCount()).isEqualTo(3);
    List<Document> won =
        jobs.find(
                new Document("_id", new Document("$in", List.of(1, 2, 3, 4)))
                    .append("claim", claim)
                    .append("status", "started"))
            .into(new ArrayList<>());
    assertThat(ids(won)).containsExactly(1, 2, 4);
    assertThat(won)
        .allSatisfy(job -> {
          assertThat(job.getInteger("attempt")).isEqualTo(1);
          assertThat(job.getDate("datestarted")).isNotNull();
          assertThat(job).doesNotContainKey("dateexpires");
        });
  }

  @Test
  void an_update_that_changes_nothing_is_matched_but_not_modified() {
    insert(1);
    UpdateResult result = jobs.updateOne(Filters.eq("_id", 0), Updates.set("status", "queued"));
    assertThat(result.getMatchedCount()).isEqualTo(1);
    assertThat(result.getModifiedCount()).isZero();
  }

  @Test
  void a_bounded_history_keeps_its_last_entries() {
    insert(1);
    for (int i = 0; i < 5; i++) {
      jobs.updateOne(
          Filters.eq("_id", 0),
          Updates.pushEach(
              "traceback_history",
              List.of(new Document("n", i), new Document("n", i + 100)),
              new PushOptions().slice(-3)));
    }
    assertThat(first(jobs).getList("traceback_history", Document.class))
        .extracting(entry -> entry.getInteger("n"))
        .containsExactly(103, 4, 104);
  }

  @Test
  void find_one_and_update_returns_what_was_asked_for() {
    insert(1);
    FindOneAndUpdateOptions after =
        new FindOneAndUpdateOptions()
            .returnDocument(ReturnDocument.AFTER)
            .projection(Projections.include("beat", "drain"));
    Bson filter = new Document("_id", 0).append("lost", new Document("$exists", false));
    Bson update = Updates.combine(Updates.inc("beat", 1L), Updates.currentDate("datereported"));
    assertThat(jobs.findOneAndUpdate(filter, update, after))
        .isEqualTo(new Document("_id", 0).append("beat", 1L));
    assertThat(jobs.findOneAndUpdate(filter, update)).containsEntry("beat", 1L);
    assertThat(first(jobs).getLong("beat")).isEqualTo(2);
    assertThat(jobs.findOneAndUpdate(new Document("_id", 7), update, after)).isNull();
    assertThat(jobs.findOneAndUpdate(new Document("_id", 7), update)).isNull();
  }

  @Test
  void an_upsert_of_a_taken_id_is_a_duplicate_and_a_free_one_is_inserted() {
    insert(1);
    Bson absent = new Document("beat", new Document("$exists", false));
    jobs.updateOne(Filters.eq("_id", 0), Updates.set("beat", 1L));
    assertThatThrownBy(() ->
            jobs.updateOne(
                Filters.and(Filters.eq("_id", 0), absent),
                Updates.set("lost", true),
                new UpdateOptions().upsert(true)))
        .isInstanceOfSatisfying(
            MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(11000));
    UpdateResult result =
        jobs.updateOne(
            Filters.and(Filters.eq("_id", 5), absent),
            Updates.set("lost", true),
            new UpdateOptions().upsert(true));
    assertThat(result.getUpsertedId()).isEqualTo(new BsonInt32(5));
    assertThat(result.getMatchedCount()).isZero();
    assertThat(jobs.find(Filters.eq("_id", 5)).first())
        .isEqualTo(new Document("_id", 5).append("lost", true));
  }

  @Test
  void sorted_pages_follow_each_other_by_keyset() {
    for (int i = 0; i < 50; i++) {
      jobs.insertOne(doc(i).append("order", (double) (i / 3)));
    }
    List<Integer> walked = new ArrayList<>();
    double order = -1;
    int id = -1;
    while (true) {
      List<Document> page =
          jobs.find(
                  new Document("status", "queued")
                      .append(
                          "$or",
                          List.of(
                              new Document("order", new Document("$gt", order)),
                              new Document("order", order).append("_id", new Document("$gt", id)))))
              .sort(Sorts.ascending("order", "_id"))
              .projection(Projections.include("order"))
              .limit(7)
              .into(new ArrayList<>());
      if (page.isEmpty()) {
        break;
      }
      assertThat(page)
          .allSatisfy(job -> assertThat(job.keySet()).isEqualTo(Set.of("_id", "order")));
      walked.addAll(ids(page));
      order = page.getLast().getDouble("order");
      id = page.getLast().getInteger("_id");
    }
    assertThat(walked).isEqualTo(IntStream.range(0, 50).boxed().toList());
  }

  @Test
  void filters_by_range_null_existence_difference_and_dotted_path() {
    Date now = new Date();
    jobs.insertMany(
        List.of(
            doc(0).append("a", 1),
            doc(1).append("a", 2).append("params", new Document("n", 5)),
            doc(2).append("a", null).append("dateretry", now),
            doc(3),
            doc(4).append("a", List.of(1, 7))));
    assertThat(matching("{a: {$gt: 1}}")).containsExactly(1, 4);
    assertThat(matching("{a: {$gte: 1, $lt: 2}}")).containsExactly(0, 4);
    assertThat(matching("{a: {$lte: 1}}")).containsExactly(0, 4);
    assertThat(matching("{a: null}")).containsExactly(2, 3);
    assertThat(matching("{a: {$exists: false}}")).containsExactly(3);
    assertThat(matching("{a: {$exists: true}}")).containsExactly(0, 1, 2, 4);
    assertThat(matching("{a: {$ne: 1}}")).containsExactly(1, 2, 3);
    assertThat(matching("{a: {$nin: [1, 2]}}")).containsExactly(2, 3);
    assertThat(matching("{'params.n': 5}")).containsExactly(1);
    assertThat(matching("{'params.n': {$gte: 5}}")).containsExactly(1);
    assertThat(matching("{_id: {$in: [1, 3, 3]}, a: {$exists: false}}")).containsExactly(3);
    assertThat(matching("{$and: [{_id: 1}, {status: 'queued'}]}")).containsExactly(1);
    assertThat(matching("{_id: {$gt: 2}}")).containsExactly(3, 4);
    assertThat(matching("{_id: {$ne: 2}, a: {$ne: null}}")).containsExactly(0, 1, 4);
    assertThat(ids(jobs.find(Filters.lte("dateretry", now)).into(new ArrayList<>())))
        .containsExactly(2);
  }

  @Test
  void distinct_count_and_aggregation() {
    for (int i = 0; i < 30; i++) {
      jobs.insertOne(doc(i).append("queue", "q" + i % 3).append("n", i));
    }
    assertThat(jobs.distinct("queue", Filters.lt("n", 2), String.class).into(new ArrayList<>()))
        .containsExactly("q0", "q1");
    assertThat(jobs.countDocuments(Filters.eq("queue", "q1"))).isEqualTo(10);
    assertThat(jobs.countDocuments(Filters.eq("_id", 3))).isEqualTo(1);
    assertThat(jobs.estimatedDocumentCount()).isEqualTo(30);
    List<Document> groups =
        jobs.aggregate(
                List.of(
                    Aggregates.match(Filters.gte("n", 3)),
                    Aggregates.group(
                        "$queue", Accumulators.sum("count", 1), Accumulators.min("first", "$n")),
                    Aggregates.sort(Sorts.descending("_id")),
                    Aggregates.limit(2)))
            .into(new ArrayList<>());
    assertThat(groups)
        .containsExactly(
            new Document("_id", "q2").append("count", 9).append("first", 5),
            new Document("_id", "q1").append("count", 9).append("first", 4));
  }

  @Test
  void delete_many_by_range_and_status() {
    insert(10);
    jobs.updateMany(
        Filters.lt("_id", 6), Updates.combine(Updates.set("status", "success"), expires(-1)));
    jobs.updateMany(Filters.lt("_id", 2), expires(60_000));
    long deleted =
        jobs.deleteMany(
                new Document("dateexpires", new Document("$lte", new Date()))
                    .append("status", new Document("$in", List.of("success", "failed"))))
            .getDeletedCount();
    assertThat(deleted).isEqualTo(4);
    assertThat(ids(jobs.find().into(new ArrayList<>()))).containsExactly(0, 1, 6, 7, 8, 9);
  }

  @Test
  void indexes_of_every_kind_are_accepted_and_listed() {
    jobs.createIndex(Indexes.ascending("queue", "status", "order", "_id"));
    jobs.createIndex(
        Indexes.ascending("dateexpires"),
        new IndexOptions().expireAfter(0L, TimeUnit.SECONDS).sparse(true));
    jobs.createIndex(
        Indexes.ascending("path"),
        new IndexOptions().partialFilterExpression(Filters.eq("status", "queued")));
    jobs.createIndex(Indexes.ascending("worker"), new IndexOptions().sparse(true));
    jobs.createIndex(Indexes.ascending("hash"), new IndexOptions().unique(true));
    jobs.createIndex(Indexes.ascending("queue", "status", "order", "_id"));
    assertThat(jobs.listIndexes().into(new ArrayList<>()))
        .extracting(index -> index.getString("name"))
        .containsExactlyInAnyOrder(
            "_id_",
            "queue_1_status_1_order_1__id_1",
            "dateexpires_1",
            "path_1",
            "worker_1",
            "hash_1");
  }

  @Test
  void a_unique_index_refuses_the_second_and_finds_the_first() {
    jobs.createIndex(Indexes.ascending("hash"), new IndexOptions().unique(true));
    jobs.insertOne(doc(1).append("hash", "a"));
    assertThatThrownBy(() -> jobs.insertOne(doc(2).append("hash", "a")))
        .isInstanceOfSatisfying(
            MongoWriteException.class, e -> assertThat(e.getCode()).isEqualTo(11000));
    assertThat(
            ids(
                jobs.find(new Document("hash", "a").append("status", "queued"))
                    .into(new ArrayList<>())))
        .containsExactly(1);
    jobs.updateOne(Filters.eq("_id", 1), Updates.set("hash", "b"));
    jobs.insertOne(doc(2).append("hash", "a"));
    jobs.deleteOne(Filters.eq("hash", "b"));
    jobs.insertOne(doc(3).append("hash", "b"));
    assertThat(ids(jobs.find(Filters.in("hash", "a", "b", "c")).into(new ArrayList<>())))
        .containsExactly(2, 3);
  }

  @Test
  void a_document_of_ids_with_arrays_is_told_from_another() {
    jobs.insertOne(new Document("_id", new Document("a", List.of(1, 2))));
    jobs.insertOne(new Document("_id", new Document("a", List.of(1, 3))));
    assertThat(jobs.countDocuments()).isEqualTo(2);
  }

  @Test
  void a_large_integer_id_is_told_from_a_fraction_beside_it() {
    jobs.insertOne(new Document("_id", 3_000_000_000L));
    jobs.insertOne(new Document("_id", 3_000_000_000.5));
    assertThat(jobs.countDocuments()).isEqualTo(2);
    assertThat(jobs.find(Filters.eq("_id", 3_000_000_000.0)).first()).isNotNull();
  }

  @Test
  void a_result_of_many_megabytes_comes_in_batches() {
    byte[] megabyte = new byte[1 << 20];
    for (int i = 0; i < 60; i++) {
      jobs.insertOne(new Document("_id", i).append("b", megabyte));
    }
    assertThat(ids(jobs.find().into(new ArrayList<>())))
        .isEqualTo(IntStream.range(0, 60).boxed().toList());
    assertThat(ids(jobs.find().batchSize(7).sort(Sorts.descending("_id")).into(new ArrayList<>())))
        .hasSize(60);
  }

  @Test
  void a_document_beyond_the_limit_is_refused_and_the_store_goes_on() {
    insert(1);
    byte[] bytes = new byte[9 << 20];
    jobs.updateOne(Filters.eq("_id", 0), Updates.set("a", bytes));
    assertThatThrownBy(() -> jobs.updateOne(Filters.eq("_id", 0), Updates.set("b", bytes)))
        .isInstanceOf(MongoWriteException.class)
        .hasMessageContaining("larger than");
    assertThat(first(jobs)).doesNotContainKey("b");
    assertThat(jobs.updateOne(Filters.eq("_id", 0), Updates.unset("a")).getModifiedCount())
        .isEqualTo(1);
  }

  @Test
  void hello_says_that_this_is_a_writable_primary() {
    Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));
    assertThat(hello.getBoolean("isWritablePrimary")).isTrue();
    assertThat(client.getDatabase("mrq").runCommand(new Document("ping", 1)).getDouble("ok"))
        .isEqualTo(1.0);
    assertThat(client.listDatabaseNames().into(new ArrayList<>())).contains("mrq");
  }

  @Test
  void an_unknown_command_is_refused_with_a_code() {
    assertThatThrownBy(() -> client.getDatabase("mrq").runCommand(new Document("fsyncLock", 1)))
        .isInstanceOfSatisfying(
            MongoCommandException.class, e -> assertThat(e.getErrorCode()).isEqualTo(59));
  }

  @Test
  void data_size_is_what_the_documents_take() {
    insert(10);
    Document stats =
        client
            .getDatabase("mrq")
            .runCommand(new Document("collStats", jobs.getNamespace().getCollectionName()));
    int bytes =
        jobs.find(BsonDocument.class).into(new ArrayList<>()).stream()
            .mapToInt(document ->
                new org.bson.RawBsonDocument(document, new org.bson.codecs.BsonDocumentCodec())
                    .getByteBuffer()
                    .remaining())
            .sum();
    assertThat(stats.getInteger("size")).isEqualTo(bytes);
  }

  @Test
  void an_aggregation_that_adds_a_nested_field_leaves_the_stored_document_alone() {
    jobs.insertOne(doc(1).append("params", new Document("n", 1)));
    jobs.aggregate(
            List.of(new Document("$addFields", new Document("params", new Document("m", 2)))))
        .into(new ArrayList<>());
    assertThat(first(jobs).get("params")).isEqualTo(new Document("n", 1));
  }

  @Test
  void dropping_a_missing_collection_and_dropping_indexes_work() {
    jobs.drop();
    insert(2);
    jobs.createIndex(Indexes.ascending("a"));
    MongoCollection<Document> other = client.getDatabase("mrq").getCollection("other");
    other.createIndex(Indexes.ascending("b"));
    jobs.dropIndexes();
    assertThat(jobs.listIndexes().into(new ArrayList<>())).hasSize(1);
    assertThat(other.listIndexes().into(new ArrayList<>())).hasSize(2);
    jobs.drop();
    assertThat(jobs.countDocuments()).isZero();
    insert(1);
    assertThat(jobs.countDocuments()).isEqualTo(1);
  }

  private List<Integer> matching(String filter) {
    return ids(
        jobs.find(Document.parse(filter)).sort(Sorts.ascending("_id")).into(new ArrayList<>()));
  }

  private static Bson expires(long millis) {
    return Updates.set("dateexpires", new Date(System.currentTimeMillis() + millis));
  }

  private void insert(int count) {
    jobs.insertMany(IntStream.range(0, count).mapToObj(MongoCommandsTest::doc).toList());
  }

  private static Document doc(int id) {
    return new Document("_id", id).append("queue", "default").append("status", "queued");
  }

  private static Document first(MongoCollection<Document> collection) {
    Document found = collection.find().first();
    assertThat(found).isNotNull();
    return found;
  }

  private static List<Integer> ids(List<Document> documents) {
    return documents.stream().map(document -> document.getInteger("_id")).toList();
  }
}
