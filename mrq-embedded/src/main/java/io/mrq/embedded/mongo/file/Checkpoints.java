package io.mrq.embedded.mongo.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a file up to date with its journal. A checkpoint begins at a moment when no write is under
 * way and takes the state of all maps as it is then; their pages are written while new writes go
 * on. When they are on the disk, the journal up to that moment is deleted.
 */
final class Checkpoints {

  private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);

  private static final String MARKS = "journal";
  private static final String FIRST = "first";
  private static final String ID = "id";

  /** A journal of this size is enough for a checkpoint. It bounds the time of opening, too. */
  private static final long DUE_BYTES = 16 * 1024 * 1024;

  /** Changed pages, which must stay in memory, are enough for a checkpoint. */
  private static final int DUE_MEMORY = 32 * 1024 * 1024;

  /** Writers wait when there is so many times as much as is enough. */
  private static final int MAX_BEHIND = 4;

  private static final long NONE = 0;

  private final MVStore store;
  private final MVMap<String, Long> marks;
  private final Journal journal;

  /** The number of the journal that follows the checkpoint which is not finished yet. */
  private final AtomicLong unfinished = new AtomicLong(NONE);

  private volatile boolean wanted;

  /** A checkpoint could not begin now, and would only begin a new file of the journal. */
  private volatile boolean gathering;

  /** How often the file was written with changes that the journal does not have. */
  private final AtomicLong written = new AtomicLong();

  /** How many of these times are on the disk. */
  private volatile long forced;

  private MVStore.@Nullable TxCounter secured;

  private Checkpoints(MVStore store, MVMap<String, Long> marks, Journal journal) {
    this.store = store;
    this.marks = marks;
    this.journal = journal;
  }

  /**
   * Opens the journal beside a file.
   *
   * @param frames are given the changes that the file does not hold yet
   */
  static Checkpoints open(MVStore store, Path file, Consumer<ByteBuffer> frames)
      throws IOException {
    MVMap<String, Long> marks =
        store.openMap(
            MARKS,
            new MVMap.Builder<String, Long>()
                .keyType(StringDataType.INSTANCE)
                .valueType(LongDataType.INSTANCE));
    Long id = marks.get(ID);
    if (id == null) {
      id = Journal.newId();
      marks.put(ID, id);
      write(store);
    }
    Journal journal =
        Journal.open(
            file,
            marks.getOrDefault(FIRST, 1L),
            id,
            frame -> {
              frames.accept(frame);
              if (store.getUnsavedMemory() >= DUE_MEMORY) {
                // All of the journal is read again when the process ends before the end of it.
                write(store);
              }
            });
    if (journal.size() > 0) {
      log.info("{} bytes of the journal were read into {}.", journal.size(), file);
    }
    return new Checkpoints(store, marks, journal);
  }

  /** Writes the file and forces it to the disk, before the space of its old state is reused. */
  private static void write(MVStore store) {
    store.commit();
    store.sync();
  }

  Journal journal() {
    return journal;
  }

  /**
   * Rewrites the live data of parts of the file that are emptier than this, up to this many bytes;
   * the next checkpoint writes it.
   */
  void gather(int fullEnoughPercent, int bytes) {
    gathering = true;
    try {
      if (store.compact(fullEnoughPercent, bytes)) {
        wanted = true;
      }
    } finally {
      gathering = false;
    }
  }

  /** Whether a checkpoint should begin. */
  boolean isDue() {
    return unfinished.get() == NONE
        && !gathering
        && (journal.size() >= DUE_BYTES || store.getUnsavedMemory() >= DUE_MEMORY);
  }

  /** Whether changed pages need so much memory that they should be written. */
  boolean needsRoom() {
    return store.getUnsavedMemory() >= DUE_MEMORY;
  }

  /** Whether changes come so much faster than they are written that writers must wait. */
  boolean areBehind() {
    return unfinished.get() != NONE
        && (journal.size() >= MAX_BEHIND * DUE_BYTES
            || store.getUnsavedMemory() >= MAX_BEHIND * DUE_MEMORY);
  }

  /** Begins a checkpoint. No write may be under way, and all changes must be in the journal. */
  void begin() {
    long next = mark();
    // Answers with a negative version when somebody else works on the file now.
    if (store.tryCommit() >= 0) {
      unfinished.set(next);
    }
  }

  /** Writes the file at once, with changes that the journal does not have. */
  void writeFile() {
    long next = mark();
    store.commit();
    written.incrementAndGet();
    unfinished.set(next);
  }

  private long mark() {
    wanted = false;
    long next = journal.next();
    marks.put(FIRST, next);
    marks.put(ID, journal.id());
    return next;
  }

  /**
   * Waits until the checkpoint that was begun, if any, is on the disk. Keeps the space of that
   * state from being reused until the next one is there, so a power failure costs what was written
   * since, but not the whole file.
   */
  synchronized void finish() {
    long next = unfinished.get();
    if (next == NONE) {
      return;
    }
    store.executeFilestoreOperation(() -> {
      // Whatever was begun before has been written now.
    });
    MVStore.TxCounter now = store.registerVersionUsage();
    try {
      store.sync();
    } catch (Throwable e) {
      store.deregisterVersionUsage(now);
      throw e;
    }
    release();
    secured = now;
    journal.deleteBefore(next);
    unfinished.compareAndSet(next, NONE);
  }

  /** Carries out a whole checkpoint unless the file is up to date. No write may be under way. */
  synchronized void run() {
    finish();
    if (wanted || journal.size() > 0) {
      writeFile();
      finish();
      forced = written.get();
    }
  }

  /** Forces to the disk what was committed. */
  void force() throws IOException {
    long upTo = written.get();
    if (forced != upTo) {
      store.sync();
      forced = upTo;
    }
    journal.force();
  }

  /** Lets the space of the last state on the disk be reused. */
  synchronized void release() {
    if (secured != null) {
      store.deregisterVersionUsage(secured);
      secured = null;
    }
  }
}
