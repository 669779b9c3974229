package io.mrq.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.embedded.mongo.file.StoreFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal is read into the file for which it was written, and into no other. */
class ForeignJournalTest {

  private static final String MAP = "documents.mrq.jobs";

  @TempDir Path dir;

  @Test
  void a_journal_that_another_file_left_is_kept_and_not_read() throws IOException {
    Path killed = killed("one", 1);
    Path other = killed("two", 2);
    Files.delete(other);
    try (Stream<Path> left = Files.list(other.resolveSibling(""))) {
      left.forEach(journal -> copy(journal, killed.resolveSibling(journal.getFileName())));
    }
    assertThat(keys(killed)).containsExactly(-1);
    assertThat(names(killed)).anyMatch(name -> name.contains(".journal-1.of-another-store-"));
  }

  @Test
  void the_journal_of_a_store_that_is_killed_again_and_again_is_read() throws IOException {
    Path path = killed("one", 1);
    for (int last = 2; last < 5; last++) {
      path = killed("again" + last, path, last);
      Path copy = copied(path, "copy" + last);
      assertThat(keys(copy))
          .containsExactlyElementsOf(
              Stream.concat(Stream.of(-1), IntStream.rangeClosed(1, last).boxed()).toList());
      assertThat(names(copy)).noneMatch(name -> name.contains("another"));
    }
  }

  @Test
  void a_long_journal_goes_to_the_file_while_it_is_read() throws IOException {
    Path copy;
    Path path = Files.createDirectories(dir.resolve("long")).resolve("a.mv");
    try (StoreFile file = StoreFile.open(path)) {
      file.documents(MAP).put(-1, new byte[] {1});
      file.checkpoint();
      for (int i = 0; i < 80; i++) {
        file.documents(MAP).put(i, new byte[1_000_000]);
        file.commit();
      }
      copy = copied(path, "copy");
    }
    assertThat(Files.size(copy)).isLessThan(1_000_000);
    try (StoreFile file = StoreFile.open(copy)) {
      assertThat(Files.size(copy)).isGreaterThan(60_000_000);
      // It ends again before a checkpoint, and all of the journal is read once more.
      copy = copied(copy, "second");
      assertThat(file.documents(MAP)).hasSize(81);
    }
    assertThat(keys(copy)).hasSize(81);
  }

  private Path killed(String name, int key) throws IOException {
    return killed(name, Files.createDirectories(dir.resolve(name + "-new")).resolve("a.mv"), key);
  }

  /** Copies the folder of a store that is open and has written one more document. */
  private Path killed(String name, Path path, int key) throws IOException {
    try (StoreFile file = StoreFile.open(path)) {
      if (!file.mapNames().contains(MAP)) {
        file.documents(MAP).put(-1, new byte[] {1});
        file.checkpoint();
      }
      file.documents(MAP).put(key, new byte[] {1});
      file.commit();
      return copied(path, name);
    }
  }

  private Path copied(Path path, String name) throws IOException {
    Path copy = Files.createDirectories(dir.resolve(name)).resolve("a.mv");
    try (Stream<Path> left = Files.list(path.resolveSibling(""))) {
      left.forEach(each -> copy(each, copy.resolveSibling(each.getFileName())));
    }
    return copy;
  }

  private static List<Object> keys(Path path) {
    try (StoreFile file = StoreFile.open(path)) {
      return List.copyOf(file.documents(MAP).keySet().stream().sorted().toList());
    }
  }

  private static List<String> names(Path path) throws IOException {
    try (Stream<Path> left = Files.list(path.resolveSibling(""))) {
      return left.map(each -> each.getFileName().toString()).toList();
    }
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
