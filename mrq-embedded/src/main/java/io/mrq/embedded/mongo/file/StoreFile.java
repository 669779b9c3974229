package io.mrq.embedded.mongo.file;

import de.bwaldvogel.mongo.backend.Missing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The MVStore below a server: one file with its {@link Journal}, or memory only.
 *
 * <p>A commit appends the changes to the journal; a {@link Checkpoints checkpoint} brings the file
 * up to date. Nothing is written behind our back: MVStore's own commits, by time and by memory, are
 * off, because they could fall between the two maps that one write changes.
 */
public final class StoreFile implements AutoCloseable {

  /** What the name of a map begins with that holds documents, and not entries of an index. */
  public static final String DOCUMENTS = "documents.";

  private static final int CACHE_MEGABYTES = 64;
  private static final int FULL_ENOUGH_PERCENT = 50;

  private final MVStore store;
  private final boolean persistent;
  private final PendingChanges changes = new PendingChanges();
  private final @Nullable Checkpoints checkpoints;

  private StoreFile(MVStore store, @Nullable Path file) throws IOException {
    this.store = store;
    this.persistent = file != null;
    if (file == null) {
      checkpoints = null;
      return;
    }
    // Space is reused as soon as no reader needs it; else a busy store keeps 45 s of garbage.
    store.setRetentionTime(0);
    // Pages are written by threads of MVStore only when it has such a delay.
    store.setAutoCommitDelay(Integer.MAX_VALUE);
    changes.giveUp();
    checkpoints =
        Checkpoints.open(store, file, frame -> PendingChanges.replay(frame, this::mapWithId));
    changes.clear();
  }

  /**
   * Opens the file, or memory when it is null, with all that was acknowledged.
   *
   * @throws org.h2.mvstore.MVStoreException when the file is locked, unreadable or damaged
   */
  public static StoreFile open(@Nullable Path file) {
    MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0);
    if (file != null) {
      builder.fileName(file.toString()).cacheSize(CACHE_MEGABYTES).autoCompactFillRate(0);
    }
    MVStore store = builder.open();
    try {
      return new StoreFile(store, file);
    } catch (IOException e) {
      store.closeImmediately();
      throw new MVStoreException(
          DataUtils.ERROR_READING_FAILED, "cannot read the journal of " + file + ": " + e);
    } catch (Throwable e) {
      store.closeImmediately();
      throw e;
    }
  }

  /** Why the store has closed itself, or null while it works. */
  public @Nullable Throwable failure() {
    return store.getPanicException();
  }

  /**
   * Closes the store as a killed process would: what was not committed is gone. For when a write
   * may have been left half done.
   */
  public void breakOff(Throwable cause) {
    try {
      store.panic(new MVStoreException(DataUtils.ERROR_INTERNAL, cause.toString()));
    } catch (MVStoreException e) {
      store.closeImmediately();
    }
  }

  public Set<String> mapNames() {
    return store.getMapNames();
  }

  /** The map of a collection: {@code _id} ({@link Missing} for null) to document as BSON. */
  public MVMap<Object, byte[]> documents(String name) {
    return map(name, ByteArrayDataType.INSTANCE);
  }

  /** The map of an index: key to {@code _id}. */
  public MVMap<Object, Object> index(String name) {
    return map(name, KeyType.INSTANCE);
  }

  private <V> MVMap<Object, V> map(String name, DataType<V> values) {
    if (!persistent) {
      return store.openMap(
          name, new MVMap.Builder<Object, V>().keyType(KeyType.INSTANCE).valueType(values));
    }
    if (!store.hasMap(name)) {
      // The journal knows only maps that the file knows.
      changes.giveUp();
    }
    return store.openMap(name, new JournaledMap.Builder<>(values, changes));
  }

  private MVMap<Object, ?> mapWithId(int id) {
    String name = store.getMapName(id);
    if (name == null) {
      throw new MVStoreException(
          DataUtils.ERROR_FILE_CORRUPT, "the journal belongs to another file");
    }
    return name.startsWith(DOCUMENTS) ? documents(name) : index(name);
  }

  public void remove(String mapName) {
    if (store.hasMap(mapName)) {
      changes.giveUp();
      store.removeMap(mapName);
    }
  }

  /** Bytes in the file and its journal; 0 in memory. */
  public long size() {
    return checkpoints == null ? 0 : store.getFileStore().size() + checkpoints.journal().size();
  }

  /** Commits all changes. They survive the death of this process, not of the machine. */
  public void commit() {
    try {
      ByteBuffer frame = takeChanges();
      if (frame != null) {
        append(frame);
      }
    } catch (Throwable e) {
      breakOff(e);
      throw e;
    }
  }

  /**
   * Takes together all changes since the last call, for {@link #append}; null when there is nothing
   * to append. No write may be under way.
   */
  @Nullable ByteBuffer takeChanges() {
    if (checkpoints == null) {
      store.commit();
      return null;
    }
    requireOpen();
    if (changes.areIncomplete()) {
      checkpoints.writeFile();
      // A store that was closed meanwhile writes nothing, and says nothing.
      requireOpen();
      changes.clear();
    }
    return changes.take();
  }

  /** Commits what was taken. */
  void append(ByteBuffer frame) {
    requireOpen();
    writing(() -> requireFile().journal().append(frame));
  }

  private void requireOpen() {
    if (store.getPanicException() != null) {
      throw store.getPanicException();
    }
    if (store.isClosed()) {
      throw new MVStoreException(DataUtils.ERROR_CLOSED, "the store is closed");
    }
  }

  private Checkpoints requireFile() {
    return Objects.requireNonNull(checkpoints);
  }

  /** A step that writes to the journal. */
  private interface Writing {
    void run() throws IOException;
  }

  private void writing(Writing step) {
    try {
      step.run();
    } catch (IOException e) {
      breakOff(e);
      requireOpen();
    }
  }

  /** Forces what was committed to the disk, so that it survives the death of the machine. */
  public void secure() {
    if (checkpoints != null) {
      writing(checkpoints::force);
    }
  }

  /** Commits that were written since the store was opened. */
  public long commits() {
    return store.getCurrentVersion() + (checkpoints == null ? 0 : checkpoints.journal().frames());
  }

  /** Whether so much was changed since the last checkpoint that another one should begin. */
  boolean isCheckpointDue() {
    return checkpoints != null && checkpoints.isDue();
  }

  /** Whether changes come faster than checkpoints write them. */
  boolean isBehind() {
    return checkpoints != null && checkpoints.areBehind();
  }

  /** Begins a checkpoint. No write may be under way. */
  public void beginCheckpoint() {
    commit();
    requireFile().begin();
  }

  /** Waits until the checkpoint that was begun, if any, is on the disk. */
  public void finishCheckpoint() {
    requireFile().finish();
  }

  /** Brings the file up to date with the journal, and forces it to the disk. */
  public void checkpoint() {
    commit();
    requireFile().run();
  }

  /** Whether changed pages need so much memory that they should be written to the file. */
  public boolean needsRoom() {
    return checkpoints != null && checkpoints.needsRoom();
  }

  /**
   * Writes the changed pages to the file when they need much memory. For a long write that makes
   * nothing visible before its end, while no other is under way.
   */
  public void makeRoom() {
    if (needsRoom()) {
      changes.giveUp();
      checkpoint();
    }
  }

  /**
   * Rewrites the live data of mostly empty parts of the file, up to this many bytes, so that the
   * space can be used again after the next checkpoint.
   */
  public void gather(int bytes) {
    requireFile().gather(FULL_ENOUGH_PERCENT, bytes);
  }

  /**
   * Moves parts from the end of the file into gaps, up to this many bytes, and shortens the file.
   * Forces to the disk on its way. No write may be under way.
   */
  public void shrink(int bytes) {
    checkpoint();
    if (store.getFileStore() instanceof RandomAccessStore chunks) {
      chunks.compactMoveChunks(FULL_ENOUGH_PERCENT, bytes, store);
    }
  }

  /** Reads on a fixed state: no page that the state needs is overwritten before the end. */
  public <T extends @Nullable Object> T reading(Supplier<T> read) {
    MVStore.TxCounter state = store.registerVersionUsage();
    try {
      return read.get();
    } finally {
      store.deregisterVersionUsage(state);
    }
  }

  @Override
  public synchronized void close() {
    if (failure() != null) {
      store.closeImmediately();
    }
    if (checkpoints == null) {
      store.close();
      return;
    }
    try {
      if (failure() == null) {
        checkpoint();
        checkpoints.release();
        store.close();
      }
    } finally {
      checkpoints.journal().close();
    }
  }
}
