package io.mrq.embedded.mongo.index;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import io.mrq.embedded.mongo.file.KeyType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which index serves a question. */
class IndexPlannerTest {
  private static final Document WAITING = in("queued", "retry");
  private static final Document FINAL = in("success", "failed", "cancel");
  private static final Document EXISTS = new Document("$exists", true);

  private final MVStore file = new MVStore.Builder().open();
  private final List<OrderedIndex> all = new ArrayList<>();
  private final OrderedIndex expiring = index("expiring", List.of("expires"), true, null);
  private final OrderedIndex endangered =
      index(
          "endangered",
          List.of("status", "expires"),
          false,
          new Document("status", WAITING).append("expires", EXISTS));

  @AfterEach
  void close() {
    file.close();
  }

  private static Document in(String... values) {
    return new Document("$in", List.of(values));
  }

  private OrderedIndex index(
      String name, List<String> fields, boolean sparse, @Nullable Document only) {
    List<IndexKey> keys = fields.stream().map(field -> new IndexKey(field, true)).toList();
    MVMap.Builder<Object, Object> entries =
        new MVMap.Builder<Object, Object>().keyType(KeyType.INSTANCE).valueType(KeyType.INSTANCE);
    OrderedIndex index = new OrderedIndex(file.openMap(name, entries), name, keys, sparse, only);
    all.add(index);
    return index;
  }

  private OrderedIndex partial(String name, Document only, String... fields) {
    return index(name, List.of(fields), false, only);
  }

  private @Nullable IndexScan scan(Document filter, @Nullable Document sort) {
    return IndexPlanner.best(all, Conditions.of(filter), sort);
  }

  private @Nullable OrderedIndex chosen(Document filter) {
    IndexScan scan = scan(filter, null);
    return scan == null ? null : scan.index();
  }

  private IndexScan sorted(Document filter, String... fields) {
    Document sort = new Document();
    List.of(fields).forEach(field -> sort.append(field, 1));
    return Objects.requireNonNull(scan(filter, sort));
  }

  @Test
  void a_bound_of_a_field_demands_that_it_exists() {
    Document before = new Document("$lt", Instant.EPOCH);

    assertThat(chosen(new Document("status", WAITING).append("expires", before)))
        .isSameAs(endangered);
    assertThat(chosen(new Document("expires", before))).isSameAs(expiring);
    assertThat(chosen(new Document("status", WAITING))).isNull();
    assertThat(chosen(new Document("status", WAITING).append("expires", null))).isNull();
  }

  @Test
  void a_partial_index_serves_a_filter_that_names_its_part_or_less() {
    OrderedIndex queued =
        partial("queued", new Document("status", "queued"), "queue", "lane", "order", "_id");
    OrderedIndex ended = partial("ended", new Document("status", FINAL), "path", "_id");

    assertThat(chosen(new Document("queue", "q").append("status", "queued"))).isSameAs(queued);
    assertThat(chosen(new Document("queue", "q").append("status", in("queued")))).isSameAs(queued);
    assertThat(chosen(new Document("queue", "q").append("status", WAITING))).isNull();
    assertThat(chosen(new Document("queue", "q"))).isNull();
    assertThat(chosen(new Document("path", "p").append("status", FINAL))).isSameAs(ended);
    assertThat(chosen(new Document("path", "p").append("status", "failed"))).isSameAs(ended);
    assertThat(chosen(new Document("path", "p").append("status", in("failed", "success"))))
        .isSameAs(ended);
    assertThat(chosen(new Document("path", "p").append("status", in("failed", "queued")))).isNull();
  }

  @Test
  void the_whole_of_a_partial_index_is_read_for_its_part() {
    OrderedIndex started = partial("started", new Document("status", "started"), "worker");

    assertThat(chosen(new Document("status", "started"))).isSameAs(started);
    assertThat(chosen(new Document("status", "queued"))).isNull();
  }

  @Test
  void a_partial_index_of_those_that_have_a_field_serves_who_names_or_demands_it() {
    OrderedIndex held =
        partial(
            "held",
            new Document("worker", EXISTS).append("status", in("started")),
            "worker",
            "_id");
    Document started = new Document("status", "started");

    assertThat(chosen(new Document(started).append("worker", "w"))).isSameAs(held);
    assertThat(chosen(new Document(started).append("worker", in("w", "v")))).isSameAs(held);
    assertThat(chosen(new Document(started).append("worker", EXISTS))).isSameAs(held);
    assertThat(chosen(new Document(started).append("worker", null))).isNull();
    assertThat(chosen(started)).isNull();
  }

  @Test
  void of_two_partial_indexes_on_the_same_keys_the_one_that_fits_is_read() {
    OrderedIndex queued = partial("a", new Document("status", "queued"), "queue", "_id");
    OrderedIndex ended = partial("b", new Document("status", FINAL), "queue", "_id");

    assertThat(chosen(new Document("queue", "q").append("status", "queued"))).isSameAs(queued);
    assertThat(chosen(new Document("queue", "q").append("status", "failed"))).isSameAs(ended);
  }

  @Test
  void several_values_before_the_order_are_merged() {
    OrderedIndex queued =
        partial("queued", new Document("status", "queued"), "queue", "lane", "order", "_id");
    for (int i = 0; i < 40; i++) {
      Document job =
          new Document("_id", i)
              .append("status", "queued")
              .append("queue", "q" + i % 4)
              .append("lane", i % 8 < 4 ? "" : "l")
              .append("order", (double) i);
      queued.put(queued.entryOf(job));
    }

    IndexScan scan =
        sorted(
            new Document("status", "queued")
                .append("queue", in("q1", "q3", "q9"))
                .append("lane", in("", "l")),
            "order",
            "_id");

    assertThat(scan.index()).isSameAs(queued);
    assertThat(scan.way()).isEqualTo(IndexScan.Way.FORWARDS);
    assertThat(scan.prefixes()).hasSize(6);
    assertThat(scan.ids().limit(6)).containsExactly(1, 3, 5, 7, 9, 11);
  }

  @Test
  void distinct_values_and_counts_come_from_a_partial_index_alone() {
    OrderedIndex started = partial("started", new Document("status", "started"), "worker");
    for (int i = 0; i < 9; i++) {
      started.put(
          started.entryOf(
              new Document("_id", i).append("status", "started").append("worker", "w" + i % 3)));
    }
    Document filter = new Document("status", "started");

    IndexScan scan = IndexPlanner.covering(all, filter, "worker");
    assertThat(Objects.requireNonNull(scan).followingValues()).containsExactly("w0", "w1", "w2");
    assertThat(Objects.requireNonNull(IndexPlanner.covering(all, filter, null)).ids()).hasSize(9);
    assertThat(IndexPlanner.covering(all, new Document("status", in("started")), null)).isNull();
  }

  @Test
  void what_only_contains_the_value_of_the_part_is_listed_apart() {
    OrderedIndex started = partial("started", new Document("status", "started"), "worker");
    Document odd =
        new Document("_id", 1).append("status", List.of("started")).append("worker", "w");
    KeyValue entry = started.entryOf(odd);
    started.put(entry);

    assertThat(entry).isNotNull();
    assertThat(started.hasOdd()).isTrue();
  }

  private @Nullable IndexScan byId(Document filter) {
    return IndexPlanner.byId(all, Conditions.of(filter), new Document("_id", -1));
  }

  private void queued(OrderedIndex index, int number) {
    for (int i = 0; i < number; i++) {
      index.put(
          index.entryOf(
              new Document("_id", i)
                  .append("status", "queued")
                  .append("queue", "q")
                  .append("order", 1)));
    }
  }

  @Test
  void few_documents_are_sorted_by_their_ids_and_many_are_read_in_order() {
    OrderedIndex queued =
        partial("queued", new Document("status", "queued"), "status", "queue", "order", "_id");
    OrderedIndex lists = index("lists", List.of("queue", "_id"), false, null);
    Document ofQueue = new Document("status", "queued").append("queue", "q");
    queued(queued, 1_000);

    assertThat(Objects.requireNonNull(byId(ofQueue)).index()).isSameAs(queued);
    assertThat(Objects.requireNonNull(byId(new Document("status", "queued"))).index())
        .isSameAs(queued);

    queued(queued, 5_001);

    assertThat(Objects.requireNonNull(byId(ofQueue)).index()).isSameAs(lists);
    assertThat(byId(new Document("status", "queued"))).isNull();
  }
}
