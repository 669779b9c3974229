package io.mrq.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.mrq.embedded.mongo.file.CommitGate;
import io.mrq.embedded.mongo.file.StoreFile;
import io.mrq.embedded.mongo.index.OrderedIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.h2.mvstore.MVMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexBuildTest {

  private static final int DOCUMENTS = 60_000;

  /** So many that entries of few documents fill the memory. */
  private static final int FIELDS = 31;

  private static final String INDEX = "index.mrq.jobs$ordered";

  @TempDir Path dir;

  @Test
  void pages_of_a_new_index_are_written_as_they_fill_the_memory() throws IOException {
    Path path = dir.resolve("mongo.mv");
    try (StoreFile file = StoreFile.open(path)) {
      CommitGate gate = new CommitGate(file, false);
      StoreBackend backend = new StoreBackend(file, gate);
      insert(backend);
      gate.alone(file::checkpoint);
      long before = file.commits();
      create(backend);
      // Entries of some 90 MB, 32 MB of them at a time.
      assertThat(file.commits() - before).isGreaterThan(2);
      assertThat(entries(file).sizeAsLong()).isEqualTo(DOCUMENTS + 1);
    }
  }

  @Test
  void a_process_that_is_killed_while_an_index_is_built_leaves_one_that_is_built_again()
      throws IOException {
    Path path = dir.resolve("mongo.mv");
    Path copy = dir.resolve("copy.mv");
    try (StoreFile file = StoreFile.open(path)) {
      CommitGate gate = new CommitGate(file, false);
      StoreBackend backend = new StoreBackend(file, gate);
      backend.handle(insertOf(document(1)));
      gate.writeAlone(() -> entries(file).put("left by a build", "and not complete"));
      gate.alone(file::checkpoint);
      Files.copy(path, copy);
    }
    try (StoreFile file = StoreFile.open(copy)) {
      StoreBackend backend = new StoreBackend(file, new CommitGate(file, false));
      assertThat(new OrderedIndex(entries(file), "ordered", keys(), false, null).isEmpty())
          .isTrue();
      create(backend);
      assertThat(entries(file).keySet()).hasSize(2).doesNotContain("left by a build");
    }
  }

  private static List<IndexKey> keys() {
    return IntStream.rangeClosed(1, FIELDS)
        .mapToObj(field -> new IndexKey("field" + field, true))
        .toList();
  }

  private static Document fields(IntUnaryOperator value) {
    Document document = new Document();
    for (int field = 1; field <= FIELDS; field++) {
      document.put("field" + field, value.applyAsInt(field));
    }
    return document;
  }

  private static MVMap<Object, Object> entries(StoreFile file) {
    return file.index(INDEX);
  }

  private static void create(StoreBackend backend) {
    Document answer =
        backend.handle(
            new Document("createIndexes", "jobs")
                .append(
                    "indexes",
                    List.of(new Document("key", fields(_ -> 1)).append("name", "ordered")))
                .append("$db", "mrq"));
    assertThat(answer).containsEntry("ok", 1.0);
  }

  private static void insert(StoreBackend backend) {
    List<Document> batch = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      batch.add(document(i));
      if (batch.size() == 10_000) {
        backend.handle(insertOf(batch.toArray(Document[]::new)));
        batch.clear();
      }
    }
  }

  private static Document document(int i) {
    // Not in the order of the index, so that its pages change all over.
    Document document = fields(field -> i * 7919 % DOCUMENTS + field);
    document.put("_id", new ObjectId());
    return document;
  }

  private static Document insertOf(Document... documents) {
    return new Document("insert", "jobs")
        .append("documents", List.of(documents))
        .append("$db", "mrq");
  }
}
