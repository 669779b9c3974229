package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.result.UpdateResult;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Updates that do not fit a document are refused as MongoDB refuses them. */
class RefusedUpdatesTest extends OnEmptyCollection {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: null} | {$inc: {a: 1}} | 14",
        "{a: 'x'} | {$inc: {a: 1}} | 14",
        "{a: [1]} | {$inc: {a: 1}} | 14",
        "{a: null} | {$mul: {a: 2}} | 14",
        "{a: null} | {$push: {a: 1}} | 2",
        "{a: 'x'} | {$push: {a: {$each: [1], $slice: -5}}} | 2",
        "{a: {}} | {$push: {a: 1}} | 2",
        "{a: null} | {$addToSet: {a: 1}} | 2",
        "{a: 5} | {$addToSet: {a: 1}} | 2",
        "{a: null} | {$pull: {a: 1}} | 2",
        "{a: null} | {$pullAll: {a: [1]}} | 2",
        "{a: null} | {$pop: {a: 1}} | 14",
        "{a: 'x'} | {$pop: {a: 1}} | 14",
        "{a: null} | {$set: {'a.b': 1}} | 28",
        "{a: 1} | {$set: {'a.b': 1}} | 28",
        "{a: {b: null}} | {$inc: {'a.b': 1}} | 14",
        "{a: {b: null}} | {$push: {'a.b.c': 1}} | 28",
        "{a: [{b: null}]} | {$push: {'a.0.b': 1}} | 2",
        "{a: 1} | {$set: {_id: 7}} | 66",
        "{a: 1} | {$set: {a: 1}, $inc: {a: 1}} | 40"
      })
  void an_update_that_does_not_fit_is_refused_with_its_code(
      String document, String update, int code) {
    Document before = Document.parse(document).append("_id", 1);
    jobs.insertOne(before);
    MongoWriteException single =
        catchThrowableOfType(
            MongoWriteException.class,
            () -> jobs.updateOne(Filters.eq("_id", 1), Document.parse(update)));
    assertThat(single.getCode()).isEqualTo(code);
    MongoCommandException modify =
        catchThrowableOfType(
            MongoCommandException.class,
            () -> jobs.findOneAndUpdate(Filters.eq("_id", 1), Document.parse(update)));
    assertThat(modify.getErrorCode()).isEqualTo(code);
    assertThat(jobs.find().first()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | {$inc: {a: 1}} | {a: 1}",
        "{} | {$push: {a: 1}} | {a: [1]}",
        "{} | {$addToSet: {a: 1}} | {a: [1]}",
        "{} | {$pull: {a: 1}} | {}",
        "{} | {$pop: {a: 1}} | {}",
        "{} | {$set: {'a.b': 1}} | {a: {b: 1}}",
        "{a: null} | {$max: {a: 3}} | {a: 3}",
        "{a: null} | {$min: {a: 3}} | {a: null}",
        "{a: null} | {$set: {a: 3}} | {a: 3}",
        "{a: null} | {$unset: {a: 1}} | {}",
        "{a: null} | {$unset: {'a.b': 1}} | {a: null}",
        "{a: [1, 2]} | {$set: {'a.1': 5}} | {a: [1, 5]}",
        "{a: 2} | {$set: {a: 2.0}} | {a: 2.0}",
        "{a: {b: 1, c: 2}} | {$set: {a: {c: 2, b: 1}}} | {a: {c: 2, b: 1}}",
        "{a: [1]} | {a: [1.0]} | {a: [1.0]}"
      })
  void an_update_that_fits_changes_exactly_what_it_says(
      String document, String update, String expected) {
    jobs.insertOne(Document.parse(document).append("_id", 1));
    Document before = jobs.find().first();
    Document change = Document.parse(update);
    Bson filter = Filters.eq("_id", 1);
    UpdateResult result =
        change.keySet().iterator().next().startsWith("$")
            ? jobs.updateOne(filter, change)
            : jobs.replaceOne(filter, change);
    Document after = jobs.find().first();
    assertThat(after).isNotNull();
    assertThat(result.getModifiedCount()).isEqualTo(toJson(after).equals(toJson(before)) ? 0 : 1);
    after.remove("_id");
    assertThat(toJson(after)).isEqualTo(toJson(Document.parse(expected)));
  }

  @Test
  void an_update_of_many_stops_at_the_first_that_refuses_and_keeps_what_was_done() {
    jobs.insertMany(List.of(attempt(1, 0), attempt(2, 0), attempt(3, null), attempt(4, 0)));
    MongoWriteException e =
        catchThrowableOfType(
            MongoWriteException.class,
            () ->
                jobs.updateMany(
                    Filters.in("_id", 1, 2, 3, 4),
                    Updates.combine(Updates.inc("attempt", 1), Updates.set("status", "started"))));
    assertThat(e.getCode()).isEqualTo(14);
    assertThat(e.getMessage()).contains("non-numeric type null");
    assertThat(jobs.find().sort(Sorts.ascending("_id")).into(new ArrayList<>()))
        .containsExactly(
            attempt(1, 1).append("status", "started"),
            attempt(2, 1).append("status", "started"),
            attempt(3, null),
            attempt(4, 0));
  }

  @Test
  void the_other_writes_of_an_unordered_batch_are_done() {
    jobs.insertMany(List.of(attempt(1, 0), attempt(2, null), attempt(3, 0)));
    MongoBulkWriteException e =
        catchThrowableOfType(
            MongoBulkWriteException.class,
            () ->
                jobs.bulkWrite(
                    List.of(incremented(1), incremented(2), incremented(3)),
                    new BulkWriteOptions().ordered(false)));
    assertThat(e.getWriteErrors()).extracting(BulkWriteError::getIndex).containsExactly(1);
    assertThat(e.getWriteErrors()).extracting(BulkWriteError::getCode).containsExactly(14);
    assertThat(e.getWriteResult().getModifiedCount()).isEqualTo(2);
  }

  @Test
  void find_one_and_update_tells_what_it_did() {
    Document upsert =
        new Document("findAndModify", name())
            .append("query", new Document("_id", "a"))
            .append("update", new Document("$inc", new Document("n", 1)))
            .append("upsert", true)
            .append("new", true);
    Document first = database.runCommand(upsert);
    assertThat(first.get("lastErrorObject", Document.class))
        .isEqualTo(new Document("n", 1).append("updatedExisting", false).append("upserted", "a"));
    Document second = database.runCommand(upsert);
    assertThat(second.get("lastErrorObject", Document.class))
        .isEqualTo(new Document("n", 1).append("updatedExisting", true));
    assertThat(second.get("value")).isEqualTo(new Document("_id", "a").append("n", 2));
    assertThat(
            jobs.findOneAndUpdate(
                Filters.eq("_id", "b"), Updates.inc("n", 1), new FindOneAndUpdateOptions()))
        .isNull();
    assertThat(jobs.findOneAndDelete(Filters.eq("_id", "a"))).containsEntry("n", 2);
    assertThat(jobs.countDocuments()).isZero();
  }

  @Test
  void an_upsert_makes_an_id_that_tells_its_time() {
    UpdateResult result =
        jobs.updateOne(
            Filters.eq("x", 1),
            Updates.set("y", 2),
            new com.mongodb.client.model.UpdateOptions().upsert(true));
    assertThat(result.getUpsertedId()).isNotNull();
    ObjectId id = result.getUpsertedId().asObjectId().getValue();
    assertThat(id.getTimestamp())
        .isBetween(new ObjectId().getTimestamp() - 3600, new ObjectId().getTimestamp());
    assertThat(jobs.find().first())
        .isEqualTo(new Document("_id", id).append("x", 1).append("y", 2));
  }

  private static UpdateOneModel<Document> incremented(int id) {
    return new UpdateOneModel<>(Filters.eq("_id", id), Updates.inc("attempt", 1));
  }

  private static Document attempt(int id, @Nullable Integer attempt) {
    return new Document("_id", id).append("attempt", attempt);
  }

  private static String toJson(@Nullable Document document) {
    return document == null ? "" : document.toJson();
  }
}
