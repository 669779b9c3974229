package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Queries and aggregations answer as MongoDB answers. */
class QueryCommandsTest extends OnEmptyCollection {
  @Test
  void a_group_that_computes_answers_with_numbers_of_the_type_that_the_documents_have() {
    jobs.createIndex(new Document("queue", 1).append("n", 1));
    jobs.insertOne(new Document("_id", 1).append("queue", "a").append("n", 5));
    assertThat(sum(1)).isEqualTo(6);
    assertThat(sum(1.0)).isEqualTo(6.0);
  }

  @Test
  void a_group_that_compares_numbers_answers_alike_with_an_index() {
    for (Object n : new Object[] {5, 7L, 6.5, -3.0, 1e300, Double.NaN, null, "text", new Date(9)}) {
      jobs.insertOne(new Document("queue", "a").append("n", n));
    }
    jobs.insertOne(new Document("queue", "a"));
    List<Document> byDocuments = leastInRange();

    jobs.createIndex(new Document("queue", 1).append("n", 1));

    assertThat(leastInRange()).isEqualTo(byDocuments);
  }

  /** The shape in which queues are counted: a number counts only within bounds. */
  private List<Document> leastInRange() {
    Document isInRange =
        new Document(
            "$and",
            List.of(
                new Document("$gte", List.of("$n", -2.0)),
                new Document("$lte", List.of("$n", 100.0))));
    Document part =
        new Document("$mod", List.of(new Document("$subtract", List.of("$n", -2.0)), 4.0));
    Document least =
        new Document("$min", new Document("$cond", Arrays.asList(isInRange, part, null)));
    Document group =
        new Document("_id", "$queue")
            .append("least", least)
            .append("count", new Document("$sum", 1));
    return jobs.aggregate(
            List.of(Aggregates.match(Filters.eq("queue", "a")), new Document("$group", group)))
        .into(new ArrayList<>());
  }

  private @Nullable Object sum(Number added) {
    Document group =
        new Document("_id", new Document("$add", List.of("$n", added)))
            .append("count", new Document("$sum", 1));
    return jobs.aggregate(
            List.of(Aggregates.match(Filters.eq("queue", "a")), new Document("$group", group)))
        .into(new ArrayList<>())
        .getFirst()
        .get("_id");
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
  void an_aggregation_that_adds_a_nested_field_leaves_the_stored_document_alone() {
    jobs.insertOne(doc(1).append("params", new Document("n", 1)));
    jobs.aggregate(
            List.of(new Document("$addFields", new Document("params", new Document("m", 2)))))
        .into(new ArrayList<>());
    assertThat(first(jobs).get("params")).isEqualTo(new Document("n", 1));
  }

  private List<Integer> matching(String filter) {
    return ids(
        jobs.find(Document.parse(filter)).sort(Sorts.ascending("_id")).into(new ArrayList<>()));
  }
}
