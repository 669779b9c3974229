package io.mrq.embedded.mongo.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.h2.mvstore.MVMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitGateTest {

  private static final int WRITERS = 50;

  @TempDir Path dir;
  private StoreFile file;
  private MVMap<Object, byte[]> map;

  @BeforeEach
  void open() {
    file = StoreFile.open(RecordedFile.of(dir.resolve("recorded.mv")));
    map = file.documents("documents.a.b");
    file.commit();
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void an_answered_write_has_reached_the_file_and_without_fsync_waits_for_no_disk() {
    CommitGate gate = new CommitGate(file, false);
    RecordedFile.CHANGES.clear();
    gate.write(() -> map.put("k", new byte[10]));
    assertThat(RecordedFile.CHANGES)
        .hasAtLeastOneElementOfType(RecordedFile.Change.Write.class)
        .doesNotHaveAnyElementsOfTypes(RecordedFile.Change.Forced.class);
  }

  @Test
  void with_fsync_an_answered_write_has_been_forced_to_the_disk() {
    CommitGate gate = new CommitGate(file, true);
    for (int i = 0; i < 20; i++) {
      int key = i;
      RecordedFile.CHANGES.clear();
      gate.write(() -> map.put(key, new byte[10]));
      assertThat(RecordedFile.CHANGES)
          .hasAtLeastOneElementOfType(RecordedFile.Change.Write.class)
          .last()
          .isInstanceOf(RecordedFile.Change.Forced.class);
    }
  }

  @Test
  void a_write_that_changes_nothing_costs_no_commit() {
    CommitGate gate = new CommitGate(file, false);
    RecordedFile.CHANGES.clear();
    gate.write(() -> map.get("nothing"));
    assertThat(RecordedFile.CHANGES).isEmpty();
  }

  @Test
  void writers_that_come_while_a_commit_is_written_share_the_next() throws Exception {
    CommitGate gate = new CommitGate(file, false);
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    RecordedFile.beforeWrite =
        () -> {
          writing.countDown();
          await(goOn);
        };
    long before = file.commits();
    List<Thread> writers = new ArrayList<>();
    writers.add(Thread.ofPlatform().start(() -> gate.write(() -> map.put(0, new byte[10]))));
    writing.await();
    for (int i = 1; i < WRITERS; i++) {
      int key = i;
      writers.add(Thread.ofPlatform().start(() -> gate.write(() -> map.put(key, new byte[10]))));
    }
    org.awaitility.Awaitility.await().until(() -> map.size() == WRITERS);
    assertThat(writers).allMatch(Thread::isAlive);
    goOn.countDown();
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(map).hasSize(WRITERS);
    assertThat(file.commits() - before).isEqualTo(2);
  }

  @Test
  void the_journal_stays_bounded_when_nobody_but_writers_works_on_the_file() throws IOException {
    CommitGate gate = new CommitGate(file, false);
    long longest = 0;
    for (int i = 0; i < 300; i++) {
      byte[] value = new byte[1_000_000];
      value[i] = 1;
      int key = i % 20;
      gate.write(() -> map.put(key, value));
      RecordedFile.CHANGES.clear();
      longest = Math.max(longest, journalBytes());
    }
    assertThat(longest).isBetween(16_000_000L, 70_000_000L);
  }

  private long journalBytes() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .filter(file -> file.getFileName().toString().contains(".journal-"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  @Test
  void the_file_of_a_store_that_is_updated_for_ever_stays_small() {
    CommitGate gate = new CommitGate(file, false);
    gate.write(() -> {
      for (int i = 0; i < 1_000; i++) {
        map.put(i, new byte[500]);
      }
      return null;
    });
    for (int i = 0; i < 6_000; i++) {
      int key = i * 31 % 1_000;
      byte[] value = new byte[500];
      value[i % 500] = 1;
      gate.write(() -> map.put(key, value));
      if (i % 500 == 0) {
        file.secure();
        gate.alone(() -> file.gather(1_000_000));
      }
    }
    assertThat(file.size()).isLessThan(40_000_000);
    for (int i = 0; i < 10; i++) {
      file.secure();
      gate.alone(() -> file.gather(8_000_000));
      gate.alone(() -> file.shrink(8_000_000));
    }
    assertThat(file.size()).isLessThan(2_500_000);
    assertThat(map).hasSize(1_000);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
