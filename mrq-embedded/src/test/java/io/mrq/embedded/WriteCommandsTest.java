package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import com.mongodb.client.result.UpdateResult;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.BsonInt32;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

/** Inserts, updates and deletes answer as MongoDB answers. */
class WriteCommandsTest extends OnEmptyCollection {
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
    insertQueued(100);
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
    insertQueued(3);
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
    insertQueued(3);
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
    insertQueued(10);
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
    insertQueued(1);
    UpdateResult result = jobs.updateOne(Filters.eq("_id", 0), Updates.set("status", "queued"));
    assertThat(result.getMatchedCount()).isEqualTo(1);
    assertThat(result.getModifiedCount()).isZero();
  }

  @Test
  void a_bounded_history_keeps_its_last_entries() {
    insertQueued(1);
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
    insertQueued(1);
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
    insertQueued(1);
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
  void delete_many_by_range_and_status() {
    insertQueued(10);
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
  void a_document_beyond_the_limit_is_refused_and_the_store_goes_on() {
    insertQueued(1);
    byte[] bytes = new byte[9 << 20];
    jobs.updateOne(Filters.eq("_id", 0), Updates.set("a", bytes));
    assertThatThrownBy(() -> jobs.updateOne(Filters.eq("_id", 0), Updates.set("b", bytes)))
        .isInstanceOf(MongoWriteException.class)
        .hasMessageContaining("larger than");
    assertThat(first(jobs)).doesNotContainKey("b");
    assertThat(jobs.updateOne(Filters.eq("_id", 0), Updates.unset("a")).getModifiedCount())
        .isEqualTo(1);
  }

  private static Bson expires(long millis) {
    return Updates.set("dateexpires", new Date(System.currentTimeMillis() + millis));
  }
}
