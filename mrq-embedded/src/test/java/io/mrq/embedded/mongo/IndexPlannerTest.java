package io.mrq.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Instant;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which index serves a question. */
class IndexPlannerTest {
  private static final Document WAITING = new Document("$in", List.of("queued", "retry"));

  private final MVStore file = new MVStore.Builder().open();
  private final OrderedIndex expiring = index("expiring", List.of("expires"), true, null);
  private final OrderedIndex endangered =
      index(
          "endangered",
          List.of("status", "expires"),
          false,
          new Document("status", WAITING).append("expires", new Document("$exists", true)));

  @AfterEach
  void close() {
    file.close();
  }

  private OrderedIndex index(
      String name, List<String> fields, boolean sparse, @Nullable Document only) {
    List<IndexKey> keys = fields.stream().map(field -> new IndexKey(field, true)).toList();
    return new OrderedIndex(file.openMap(name), name, keys, sparse, only);
  }

  private @Nullable OrderedIndex chosen(Document filter) {
    IndexScan scan = IndexPlanner.best(List.of(expiring, endangered), Conditions.of(filter), null);
    return scan == null ? null : scan.index();
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
}
