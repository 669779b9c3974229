package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoServerException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.CountOptions;
import com.mongodb.client.model.DeleteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** The index that a command names must exist, as MongoDB demands it. */
class HintsTest extends OnEmptyCollection {
  private static final Document NONE = new Document("nothing", 1);
  private static final Document SET = new Document("$set", new Document("n", 1));
  private static final Document QUEUED = new Document("status", "queued");

  @Test
  void an_index_is_named_by_its_name_or_its_keys() {
    insertQueued(3);
    jobs.createIndex(Indexes.ascending("status", "queue"));
    Document keys = new Document("status", 1).append("queue", 1);

    assertThat(jobs.find(QUEUED).hint(keys)).hasSize(3);
    assertThat(jobs.find(QUEUED).hintString("status_1_queue_1")).hasSize(3);
    assertThat(jobs.find(QUEUED).hint(new Document("_id", 1))).hasSize(3);
    assertThat(jobs.find(QUEUED).hint(new Document("$natural", -1))).hasSize(3);
    assertThat(jobs.countDocuments(QUEUED, new CountOptions().hint(keys))).isEqualTo(3);
    assertThat(jobs.updateMany(QUEUED, SET, new UpdateOptions().hint(keys)).getMatchedCount())
        .isEqualTo(3);
    assertThat(jobs.deleteMany(QUEUED, new DeleteOptions().hint(keys)).getDeletedCount())
        .isEqualTo(3);
  }

  @Test
  void a_hint_that_fits_no_index_is_refused() {
    insertQueued(3);
    jobs.createIndex(Indexes.ascending("status", "queue"));

    refused(() -> jobs.find(QUEUED).hint(NONE).first());
    refused(() -> jobs.find(QUEUED).hint(new Document("status", 1)).first());
    refused(() -> jobs.find(QUEUED).hint(new Document("queue", 1).append("status", 1)).first());
    refused(() -> jobs.find(QUEUED).hint(new Document("_id", -1)).first());
    refused(() -> jobs.find(QUEUED).hintString("status_1").first());
    refused(() -> jobs.countDocuments(QUEUED, new CountOptions().hint(NONE)));
    refused(() -> jobs.aggregate(List.of(new Document("$match", QUEUED))).hint(NONE).first());
    refused(() -> jobs.updateOne(QUEUED, SET, new UpdateOptions().hint(NONE)));
    refused(() -> jobs.deleteOne(QUEUED, new DeleteOptions().hint(NONE)));
    refused(() -> jobs.findOneAndUpdate(QUEUED, SET, new FindOneAndUpdateOptions().hint(NONE)));
    assertThat(jobs.countDocuments(new Document("n", 1))).isZero();
  }

  private static void refused(ThrowingCallable command) {
    assertThatThrownBy(command)
        .isInstanceOfSatisfying(
            MongoServerException.class, e -> assertThat(e.getCode()).isEqualTo(2))
        .hasMessageContaining("hint provided does not correspond to an existing index");
  }

  @Test
  void a_refused_hint_of_one_update_leaves_the_others_alone() {
    insertQueued(2);
    List<UpdateOneModel<Document>> writes =
        List.of(
            new UpdateOneModel<>(new Document("_id", 0), SET, new UpdateOptions().hint(NONE)),
            new UpdateOneModel<>(new Document("_id", 1), SET));

    assertThatThrownBy(() -> jobs.bulkWrite(writes, new BulkWriteOptions().ordered(false)))
        .isInstanceOfSatisfying(
            MongoBulkWriteException.class,
            e -> assertThat(e.getWriteErrors().getFirst().getIndex()).isZero());
    assertThat(jobs.countDocuments(new Document("n", 1))).isOne();
  }

  @Test
  void a_collection_that_does_not_exist_refuses_no_hint() {
    assertThat(jobs.find(QUEUED).hint(NONE)).isEmpty();
    assertThat(jobs.updateOne(QUEUED, SET, new UpdateOptions().hint(NONE)).getMatchedCount())
        .isZero();
  }

  @Test
  void partial_indexes_on_the_same_keys_live_and_go_apart() {
    insertQueued(3);
    for (String status : List.of("queued", "started")) {
      jobs.createIndex(
          Indexes.ascending("queue", "n"),
          new IndexOptions().name(status).partialFilterExpression(new Document("status", status)));
    }
    Document keys = new Document("queue", 1).append("n", 1);
    Document default_ = new Document(QUEUED).append("queue", "default");

    assertThat(jobs.find(default_).hintString("queued")).hasSize(3);
    assertThatThrownBy(() -> jobs.find(default_).hint(keys).first())
        .isInstanceOf(MongoCommandException.class)
        .hasMessageContaining("must hint by index name");
    jobs.dropIndex("queued");
    assertThat(jobs.listIndexes().into(new ArrayList<>()))
        .extracting(index -> index.getString("name"))
        .containsExactlyInAnyOrder("_id_", "started");
    assertThat(jobs.find(default_).hint(keys)).hasSize(3);
    jobs.updateMany(QUEUED, new Document("$set", new Document("status", "started")));
    assertThat(jobs.countDocuments(new Document("status", "started").append("queue", "default")))
        .isEqualTo(3);
  }
}
