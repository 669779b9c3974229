package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** Commands about indexes, collections and the server answer as MongoDB answers. */
class AdministrativeCommandsTest extends OnEmptyCollection {
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
  void dropping_a_missing_collection_and_dropping_indexes_work() {
    jobs.drop();
    insertQueued(2);
    jobs.createIndex(Indexes.ascending("a"));
    MongoCollection<Document> other = database.getCollection("other");
    other.createIndex(Indexes.ascending("b"));
    jobs.dropIndexes();
    assertThat(jobs.listIndexes().into(new ArrayList<>())).hasSize(1);
    assertThat(other.listIndexes().into(new ArrayList<>())).hasSize(2);
    jobs.drop();
    assertThat(jobs.countDocuments()).isZero();
    insertQueued(1);
    assertThat(jobs.countDocuments()).isEqualTo(1);
  }

  @Test
  void hello_says_that_this_is_a_writable_primary() {
    insertQueued(1);
    Document hello = client.getDatabase("admin").runCommand(new Document("hello", 1));
    assertThat(hello.getBoolean("isWritablePrimary")).isTrue();
    assertThat(database.runCommand(new Document("ping", 1)).getDouble("ok")).isEqualTo(1.0);
    assertThat(client.listDatabaseNames().into(new ArrayList<>())).contains("mrq");
  }

  @Test
  void an_unknown_command_is_refused_with_a_code() {
    assertThatThrownBy(() -> database.runCommand(new Document("fsyncLock", 1)))
        .isInstanceOfSatisfying(
            MongoCommandException.class, e -> assertThat(e.getErrorCode()).isEqualTo(59));
  }

  @Test
  void data_size_is_what_the_documents_take() {
    insertQueued(10);
    Document stats = database.runCommand(new Document("collStats", name()));
    int bytes =
        jobs.find(BsonDocument.class).into(new ArrayList<>()).stream()
            .mapToInt(document ->
                new org.bson.RawBsonDocument(document, new org.bson.codecs.BsonDocumentCodec())
                    .getByteBuffer()
                    .remaining())
            .sum();
    assertThat(stats.getInteger("size")).isEqualTo(bytes);
  }
}
