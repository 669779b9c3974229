package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A command can be asked by which index it is carried out. */
class ExplainTest extends OnEmptyCollection {
  @BeforeEach
  void index() {
    jobs.createIndex(
        Indexes.ascending("queue", "order"),
        new IndexOptions().partialFilterExpression(Filters.eq("status", "queued")));
    jobs.createIndex(Indexes.ascending("path", "_id"));
  }

  private String plan(Document command) {
    return database
        .runCommand(new Document("explain", command))
        .get("queryPlanner", Document.class)
        .get("winningPlan", Document.class)
        .toJson();
  }

  private Document find(Document filter) {
    return new Document("find", jobs.getNamespace().getCollectionName()).append("filter", filter);
  }

  @Test
  void a_find_names_the_index_that_leads_to_its_documents() {
    Document queued = new Document("queue", "q").append("status", "queued");

    assertThat(plan(find(queued))).contains("IXSCAN", "queue_1_order_1");
    assertThat(plan(find(new Document("queue", "q")))).contains("COLLSCAN");
    assertThat(plan(find(new Document("_id", 1)))).contains("_id_");
    assertThat(plan(find(new Document()).append("sort", new Document("_id", -1))))
        .contains("IXSCAN", "_id_");
  }

  @Test
  void what_an_index_answers_alone_is_covered() {
    Document distinct =
        new Document("distinct", jobs.getNamespace().getCollectionName()).append("key", "path");

    assertThat(plan(distinct)).contains("PROJECTION_COVERED", "path_1__id_1");
  }

  @Test
  void a_command_that_looks_for_nothing_is_refused() {
    assertThatThrownBy(() -> plan(new Document("ping", 1)))
        .isInstanceOf(MongoCommandException.class);
  }

  @Test
  void pages_by_id_begin_and_end_where_the_filter_says() {
    List<ObjectId> all = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      ObjectId id = new ObjectId();
      all.add(id);
      jobs.insertOne(new Document("_id", id).append("n", i));
    }

    assertThat(
            jobs.find(Filters.and(Filters.gte("_id", all.get(2)), Filters.lt("_id", all.get(6))))
                .sort(Sorts.descending("_id"))
                .map(job -> job.getInteger("n")))
        .containsExactly(5, 4, 3, 2);
    assertThat(
            jobs.find(Filters.gt("_id", all.get(6)))
                .sort(Sorts.ascending("_id"))
                .map(job -> job.getInteger("n")))
        .containsExactly(7, 8);
  }
}
