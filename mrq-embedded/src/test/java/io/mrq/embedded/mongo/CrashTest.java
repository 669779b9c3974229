package io.mrq.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever part of its writing a process got done before it was killed: opened again, the store is
 * exactly as after some command, and that is not before the last one that was answered.
 */
class CrashTest {

  private static final int COMMANDS = 150;
  private static final int IDS = 40;
  private static final int CUTS_OF_ONE_WRITE = 2;
  private static final String DOCUMENTS = "documents.mrq.jobs";
  private static final String INDEX = "index.mrq.jobs$hash_1";

  @TempDir Path dir;

  /** What the documents are after each command: {@code _id} to hash. */
  private final List<Map<Integer, String>> states = new ArrayList<>();

  private final EmbeddedChannel channel = new EmbeddedChannel();

  @Test
  void every_cut_of_the_writing_leaves_the_state_of_an_answered_command_or_of_the_next()
      throws IOException {
    List<RecordedFile.Change> changes = record(true);
    Random random = new Random(7);
    byte[] disk = new byte[0];
    int answered = 0;
    int opened = 0;
    for (RecordedFile.Change change : changes) {
      switch (change) {
        case RecordedFile.Change.Answered(int commands) -> answered = commands;
        case RecordedFile.Change.Forced _ -> {}
        case RecordedFile.Change.Truncate(int size) -> disk = Arrays.copyOf(disk, size);
        case RecordedFile.Change.Write(int position, byte[] bytes) -> {
          for (int i = 0; i < CUTS_OF_ONE_WRITE && answered > 0; i++) {
            check(
                write(disk, position, Arrays.copyOf(bytes, random.nextInt(bytes.length))),
                answered);
            opened++;
          }
          disk = write(disk, position, bytes);
        }
      }
      if (answered > 0) {
        check(disk, answered);
        opened++;
      }
    }
    assertThat(opened).isGreaterThan(2 * COMMANDS);
  }

  @Test
  void garbage_behind_the_end_of_the_file_does_no_harm() throws IOException {
    byte[] disk = disk(record(true));
    Random random = new Random(11);
    for (int length : new int[] {1, 100, 4095, 4096, 4097, 20_000, 100_000}) {
      byte[] garbage = new byte[length];
      random.nextBytes(garbage);
      check(write(disk, disk.length, garbage), COMMANDS);
      check(write(disk, disk.length, new byte[length]), COMMANDS);
    }
  }

  @Test
  void a_file_that_only_grew_is_cut_back_to_an_earlier_state_at_any_place() throws IOException {
    byte[] disk = disk(record(false));
    Random random = new Random(13);
    for (int i = 0; i < 200; i++) {
      check(Arrays.copyOf(disk, disk.length - random.nextInt(disk.length / 4)), 1);
    }
  }

  private List<RecordedFile.Change> record(boolean mixed) {
    StoreFile file = StoreFile.open(RecordedFile.of(dir.resolve("recorded.mv")));
    CommitGate gate = new CommitGate(file, false);
    StoreBackend backend = new StoreBackend(file, gate);
    Random random = new Random(5);
    Map<Integer, String> state = new TreeMap<>();
    send(backend, createIndex());
    states.clear();
    states.add(new TreeMap<>(state));
    RecordedFile.CHANGES.add(new RecordedFile.Change.Answered(0));
    for (int i = 1; i <= COMMANDS; i++) {
      int id = mixed ? random.nextInt(IDS) : i;
      send(backend, command(state, id, "h" + i));
      states.add(new TreeMap<>(state));
      RecordedFile.CHANGES.add(new RecordedFile.Change.Answered(i));
      if (mixed && i % 10 == 0) {
        file.secure();
        gate.alone(() -> file.gather(100_000));
        gate.alone(() -> file.shrink(100_000));
      }
    }
    List<RecordedFile.Change> changes = List.copyOf(RecordedFile.CHANGES);
    file.close();
    return changes;
  }

  private static Document createIndex() {
    return new Document("createIndexes", "jobs")
        .append(
            "indexes",
            List.of(
                new Document("key", new Document("hash", 1))
                    .append("name", "hash_1")
                    .append("unique", true),
                new Document("key", new Document("pad", 1).append("hash", -1))
                    .append("name", "ordered")));
  }

  private static Document command(Map<Integer, String> state, int id, String hash) {
    String old = state.put(id, hash);
    if (old == null) {
      return new Document("insert", "jobs")
          .append(
              "documents",
              List.of(
                  new Document("_id", id)
                      .append("hash", hash)
                      .append("pad", "x".repeat(300 + id))));
    }
    Document filter = new Document("_id", id).append("hash", old);
    if (hash.hashCode() % 4 == 0) {
      state.remove(id);
      return new Document("delete", "jobs")
          .append("deletes", List.of(new Document("q", filter).append("limit", 1)));
    }
    Document update = new Document("$set", new Document("hash", hash));
    return new Document("update", "jobs")
        .append("updates", List.of(new Document("q", filter).append("u", update)));
  }

  private void send(StoreBackend backend, Document command) {
    String name = command.keySet().iterator().next();
    Document answer = backend.handleCommand(channel, "mrq", name, command);
    assertThat(answer).containsEntry("ok", 1.0).doesNotContainKey("writeErrors");
  }

  private static byte[] disk(List<RecordedFile.Change> changes) {
    byte[] disk = new byte[0];
    for (RecordedFile.Change change : changes) {
      disk =
          switch (change) {
            case RecordedFile.Change.Answered _, RecordedFile.Change.Forced _ -> disk;
            case RecordedFile.Change.Truncate(int size) -> Arrays.copyOf(disk, size);
            case RecordedFile.Change.Write(int position, byte[] bytes) ->
                write(disk, position, bytes);
          };
    }
    return disk;
  }

  private static byte[] write(byte[] disk, int position, byte[] bytes) {
    byte[] changed = Arrays.copyOf(disk, Math.max(disk.length, position + bytes.length));
    System.arraycopy(bytes, 0, changed, position, bytes.length);
    return changed;
  }

  private void check(byte[] disk, int answered) throws IOException {
    Path copy = dir.resolve("copy.mv");
    Files.write(copy, disk);
    StoreFile file = StoreFile.open(copy);
    try {
      Map<Integer, String> documents = new TreeMap<>();
      file.documents(DOCUMENTS)
          .forEach((id, bytes) -> documents.put((Integer) id, hashOf(Bson.decode(bytes))));
      assertThat(states.subList(answered, states.size())).contains(documents);
      Map<Object, Object> expected = new HashMap<>();
      documents.forEach((id, hash) -> expected.put(new KeyValue(hash), id));
      Map<Object, Object> entries = new HashMap<>(file.index(INDEX));
      assertThat(entries).isEqualTo(expected);
      checkOrdered(file);
    } finally {
      file.close();
    }
  }

  private static void checkOrdered(StoreFile file) {
    MVMap<Object, Object> map = file.index("index.mrq.jobs$ordered");
    List<IndexKey> keys = List.of(new IndexKey("pad", true), new IndexKey("hash", false));
    OrderedIndex index = new OrderedIndex(map, "ordered", keys, false, null);
    Set<@Nullable Object> expected = new HashSet<>();
    file.documents(DOCUMENTS)
        .forEach((_, bytes) -> expected.add(index.entryOf(Bson.decode(bytes))));
    Set<@Nullable Object> entries = new HashSet<>(map.keySet());
    entries.removeIf(entry -> entry instanceof KeyValue key && key.size() == 1);
    assertThat(entries).isEqualTo(expected);
    assertThat(index.getCount()).isEqualTo(expected.size());
    assertThat(index.isEmpty()).isFalse();
  }

  private static String hashOf(Document document) {
    return String.valueOf(document.get("hash"));
  }
}
