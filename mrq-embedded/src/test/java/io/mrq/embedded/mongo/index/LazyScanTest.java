package io.mrq.embedded.mongo.index;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import io.mrq.embedded.mongo.file.KeyType;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However many entries an index has: of a part of them, only that part is read from the file. */
class LazyScanTest {
  private static final int ENTRIES = 60_000;

  @TempDir private Path folder;

  private MVStore open() {
    return new MVStore.Builder().fileName(folder.resolve("file").toString()).cacheSize(0).open();
  }

  private static OrderedIndex index(MVStore store) {
    MVMap.Builder<Object, Object> entries =
        new MVMap.Builder<Object, Object>().keyType(KeyType.INSTANCE).valueType(KeyType.INSTANCE);
    List<IndexKey> keys =
        Stream.of("status", "queue", "order").map(field -> new IndexKey(field, true)).toList();
    return new OrderedIndex(store.openMap("index", entries), "index", keys, false, null);
  }

  private void fill() {
    try (MVStore store = open()) {
      MVMap<Object, Object> map =
          store.openMap(
              "index",
              new MVMap.Builder<Object, Object>()
                  .keyType(KeyType.INSTANCE)
                  .valueType(KeyType.INSTANCE));
      for (int i = 0; i < ENTRIES; i++) {
        map.put(
            new KeyValue(i % 2 == 0 ? "queued" : "retry", "q" + i % 3, (double) i, "id" + i), "");
      }
    }
  }

  static Stream<Arguments> filters() {
    Document two = new Document("$in", List.of("queued", "retry"));
    return Stream.of(
        Arguments.of("one value", new Document("status", "queued"), null),
        Arguments.of("several values", new Document("status", two), null),
        Arguments.of(
            "a field behind a gap", new Document("status", two).append("order", 0.0), null),
        Arguments.of(
            "several values in order",
            new Document("status", two).append("queue", "q1"),
            new Document("order", 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("filters")
  void oneEntryIsReadWithoutTheOthers(String what, Document filter, Document sort) {
    fill();
    try (MVStore store = open()) {
      IndexScan scan =
          Objects.requireNonNull(
              IndexPlanner.best(List.of(index(store)), Conditions.of(filter), sort));
      long before = store.getFileStore().getReadCount();

      assertThat(scan.entries().limit(1).count()).as(what).isEqualTo(1);
      assertThat(Stream.concat(scan.entries(), Stream.empty()).findFirst()).as(what).isPresent();

      assertThat(store.getFileStore().getReadCount() - before).as(what).isLessThan(40);
    }
  }
}
