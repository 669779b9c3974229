package io.mrq.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import io.mrq.embedded.mongo.file.CommitGate;
import io.mrq.embedded.mongo.file.RecordedDisk;
import io.mrq.embedded.mongo.file.RecordedFile;
import io.mrq.embedded.mongo.file.StoreFile;
import io.mrq.embedded.mongo.index.OrderedIndex;
import io.mrq.embedded.mongo.raw.Bson;
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
  private static final String FILE = "recorded.mv";
  private static final String DOCUMENTS = "documents.mrq.jobs";
  private static final String INDEX = "index.mrq.jobs$hash_1";

  /** When the file is brought up to date with the journal. */
  private enum Kind {
    /** Now and then. */
    MIXED,
    /** Never. */
    JOURNAL_ONLY,
    /** After each command. */
    FILE_ONLY
  }

  @TempDir Path dir;

  /** What the documents are after each command: {@code _id} to hash. */
  private final List<Map<Integer, String>> states = new ArrayList<>();

  private final EmbeddedChannel channel = new EmbeddedChannel();

  @Test
  void every_cut_of_the_writing_leaves_the_state_of_an_answered_command_or_of_the_next()
      throws IOException {
    Random random = new Random(7);
    RecordedDisk disk = new RecordedDisk();
    int answered = 0;
    int opened = 0;
    for (RecordedFile.Change change : record(Kind.MIXED)) {
      if (change instanceof RecordedFile.Change.Answered(int commands)) {
        answered = commands;
      }
      if (change instanceof RecordedFile.Change.Write(String file, int position, byte[] bytes)) {
        for (int i = 0; i < CUTS_OF_ONE_WRITE && answered > 0; i++) {
          RecordedDisk cut = disk.copy();
          cut.write(file, position, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
          check(cut, answered);
          opened++;
        }
      }
      disk.apply(change);
      if (answered > 0) {
        check(disk, answered);
        opened++;
      }
    }
    assertThat(opened).isGreaterThan(2 * COMMANDS);
  }

  @Test
  void a_journal_cut_at_any_byte_of_its_last_frames_leaves_exactly_the_frames_before_the_cut()
      throws IOException {
    List<RecordedFile.Change> changes = record(Kind.JOURNAL_ONLY);
    RecordedDisk disk = RecordedDisk.after(changes);
    String journal = disk.journal();
    List<Integer> ends = new ArrayList<>();
    for (RecordedFile.Change change : changes) {
      if (change instanceof RecordedFile.Change.Write(String file, int position, byte[] bytes)
          && file.equals(journal)) {
        ends.add(position + bytes.length);
      }
    }
    byte[] whole = disk.bytes(journal);
    assertThat(ends).hasSize(COMMANDS + 1).last().isEqualTo(whole.length);
    for (int length = ends.get(COMMANDS - 3); length <= whole.length; length++) {
      int cut = length;
      int complete = (int) ends.stream().filter(end -> end <= cut).count() - 1;
      disk.put(journal, Arrays.copyOf(whole, cut));
      checkExactly(disk, states.get(complete));
    }
  }

  @Test
  void a_journal_with_one_wrong_byte_leaves_the_frames_before_it() throws IOException {
    List<RecordedFile.Change> changes = record(Kind.JOURNAL_ONLY);
    RecordedDisk disk = RecordedDisk.after(changes);
    byte[] whole = disk.bytes(disk.journal());
    Random random = new Random(17);
    for (int i = 0; i < 200; i++) {
      byte[] wrong = whole.clone();
      wrong[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      disk.put(disk.journal(), wrong);
      check(disk, 0);
    }
  }

  @Test
  void a_power_failure_costs_only_what_was_written_since_the_last_forced_state()
      throws IOException {
    Random random = new Random(19);
    RecordedDisk forced = new RecordedDisk();
    List<RecordedFile.Change> unforced = new ArrayList<>();
    int answered = 0;
    int secured = 0;
    int opened = 0;
    for (RecordedFile.Change change : record(Kind.MIXED)) {
      switch (change) {
        case RecordedFile.Change.Answered(int commands) -> answered = commands;
        case RecordedFile.Change.Secured _ -> secured = answered;
        case RecordedFile.Change.Forced(String file) -> {
          for (RecordedFile.Change done : List.copyOf(unforced)) {
            if (done.file().equals(file)) {
              forced.apply(done);
              unforced.remove(done);
            }
          }
        }
        default -> unforced.add(change);
      }
      if (secured > 0) {
        // Each file gets to the disk in its order, but not as far as the others.
        RecordedDisk disk = forced.copy();
        Set<String> stopped = new HashSet<>();
        for (RecordedFile.Change late : unforced) {
          if (random.nextInt(4) == 0) {
            stopped.add(late.file());
          }
          if (!stopped.contains(late.file())) {
            disk.apply(late);
          }
        }
        check(disk, secured);
        opened++;
      }
    }
    assertThat(opened).isGreaterThan(COMMANDS);
  }

  @Test
  void garbage_behind_the_end_of_the_files_does_no_harm() throws IOException {
    for (Kind kind : Kind.values()) {
      RecordedDisk disk = RecordedDisk.after(record(kind));
      Random random = new Random(11);
      for (int length : new int[] {1, 100, 4095, 4096, 4097, 20_000, 100_000}) {
        byte[] garbage = new byte[length];
        random.nextBytes(garbage);
        for (String file : disk.files()) {
          RecordedDisk longer = disk.copy();
          longer.write(file, disk.bytes(file).length, garbage);
          check(longer, COMMANDS);
          longer.write(file, disk.bytes(file).length, new byte[length]);
          check(longer, COMMANDS);
        }
      }
    }
  }

  @Test
  void a_file_that_only_grew_is_cut_back_to_an_earlier_state_at_any_place() throws IOException {
    RecordedDisk disk = RecordedDisk.after(record(Kind.FILE_ONLY));
    byte[] whole = disk.bytes(FILE);
    Random random = new Random(13);
    for (int i = 0; i < 200; i++) {
      disk.put(FILE, Arrays.copyOf(whole, whole.length - random.nextInt(whole.length / 4)));
      check(disk, 1);
    }
  }

  private List<RecordedFile.Change> record(Kind kind) throws IOException {
    StoreFile file =
        StoreFile.open(
            RecordedFile.of(Files.createDirectory(dir.resolve(kind.name())).resolve(FILE)));
    CommitGate gate = new CommitGate(file, false);
    StoreBackend backend = new StoreBackend(file, gate);
    Random random = new Random(5);
    Map<Integer, String> state = new TreeMap<>();
    send(backend, createIndex());
    states.clear();
    states.add(new TreeMap<>(state));
    gate.alone(file::checkpoint);
    RecordedFile.CHANGES.add(new RecordedFile.Change.Answered(0));
    for (int i = 1; i <= COMMANDS; i++) {
      int id = kind == Kind.FILE_ONLY ? i : random.nextInt(IDS);
      send(backend, command(state, id, "h" + i));
      states.add(new TreeMap<>(state));
      RecordedFile.CHANGES.add(new RecordedFile.Change.Answered(i));
      if (kind == Kind.FILE_ONLY) {
        gate.alone(file::checkpoint);
      } else if (kind == Kind.MIXED) {
        maintain(file, gate, i);
      }
    }
    List<RecordedFile.Change> changes = List.copyOf(RecordedFile.CHANGES);
    file.close();
    return changes;
  }

  /** What the upkeep does, at other times for each of its steps. */
  private static void maintain(StoreFile file, CommitGate gate, int command) {
    switch (command % 10) {
      case 2 -> gate.alone(file::beginCheckpoint);
      case 5 -> {
        file.secure();
        RecordedFile.CHANGES.add(new RecordedFile.Change.Secured());
      }
      case 7 -> file.finishCheckpoint();
      case 0 -> {
        file.gather(100_000);
        gate.alone(() -> file.shrink(100_000));
      }
      default -> {}
    }
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

  private void check(RecordedDisk disk, int answered) throws IOException {
    assertThat(states.subList(answered, states.size())).contains(documentsOf(disk));
  }

  private void checkExactly(RecordedDisk disk, Map<Integer, String> state) throws IOException {
    assertThat(documentsOf(disk)).isEqualTo(state);
  }

  /** What a store opened on this disk has, after a look at its indexes. */
  private Map<Integer, String> documentsOf(RecordedDisk disk) throws IOException {
    Path copy = dir.resolve("copy");
    disk.into(copy);
    StoreFile file = StoreFile.open(copy.resolve(FILE));
    try {
      Map<Integer, String> documents = new TreeMap<>();
      file.documents(DOCUMENTS)
          .forEach((id, bytes) -> documents.put((Integer) id, hashOf(Bson.decode(bytes))));
      Map<Object, Object> expected = new HashMap<>();
      documents.forEach((id, hash) -> expected.put(new KeyValue(hash), id));
      Map<Object, Object> entries = new HashMap<>(file.index(INDEX));
      assertThat(entries).isEqualTo(expected);
      checkOrdered(file);
      return documents;
    } finally {
      // To write all of it once more would take most of the time of these tests.
      file.breakOff(new IllegalStateException("the test has seen it"));
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
