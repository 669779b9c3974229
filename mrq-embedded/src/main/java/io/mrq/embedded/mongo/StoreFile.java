package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.jspecify.annotations.Nullable;

/**
 * The MVStore below a server: one file, or memory only.
 *
 * <p>Nothing is written behind our back: MVStore's own commits, by time and by memory, are off,
 * because they could fall between the two maps that one write changes.
 */
final class StoreFile implements AutoCloseable {

  private static final int CACHE_MEGABYTES = 64;
  private static final int FULL_ENOUGH_PERCENT = 50;

  private final MVStore store;
  private MVStore.@Nullable TxCounter secured;

  private StoreFile(MVStore store) {
    this.store = store;
  }

  /**
   * Opens the file, or memory when it is null.
   *
   * @throws org.h2.mvstore.MVStoreException when the file is locked, unreadable or damaged
   */
  static StoreFile open(@Nullable Path file) {
    MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0);
    if (file != null) {
      builder.fileName(file.toString()).cacheSize(CACHE_MEGABYTES);
    }
    MVStore store = builder.open();
    if (file != null) {
      // Space is reused as soon as no reader needs it; else a busy store keeps 45 s of garbage.
      store.setRetentionTime(0);
    }
    return new StoreFile(store);
  }

  /** Why the store has closed itself, or null while it works. */
  @Nullable Throwable failure() {
    return store.getPanicException();
  }

  /**
   * Closes the store as a killed process would: what was not committed is gone. For when a write
   * may have been left half done.
   */
  void breakOff(Throwable cause) {
    try {
      store.panic(new MVStoreException(DataUtils.ERROR_INTERNAL, cause.toString()));
    } catch (MVStoreException e) {
      store.closeImmediately();
    }
  }

  Set<String> mapNames() {
    return store.getMapNames();
  }

  /** The map of a collection: {@code _id} ({@link Missing} for null) to document as BSON. */
  MVMap<Object, byte[]> documents(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<Object, byte[]>()
            .keyType(KeyType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** The map of an index: key to {@code _id}. */
  MVMap<Object, Object> index(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<Object, Object>().keyType(KeyType.INSTANCE).valueType(KeyType.INSTANCE));
  }

  void remove(String mapName) {
    if (store.hasMap(mapName)) {
      store.removeMap(mapName);
    }
  }

  void rename(MVMap<?, ?> map, String newName) {
    store.renameMap(map, newName);
  }

  /** Bytes in the file; 0 in memory. */
  long size() {
    return store.getFileStore() == null ? 0 : store.getFileStore().size();
  }

  /** Writes all changes to the file. They survive the death of this process, not of the machine. */
  void commit() {
    store.commit();
  }

  /** Forces what was committed to the disk. */
  void sync() {
    store.sync();
  }

  /** Commits that were written since the store was opened. */
  long commits() {
    return store.getCurrentVersion();
  }

  /**
   * Forces to the disk what was committed, and keeps the space of that state from being reused
   * until the next call. So a power failure costs what was written since, but not the whole file.
   */
  synchronized void secure() {
    MVStore.TxCounter now = store.registerVersionUsage();
    store.sync();
    release();
    secured = now;
  }

  private void release() {
    if (secured != null) {
      store.deregisterVersionUsage(secured);
      secured = null;
    }
  }

  /**
   * Rewrites the live data of mostly empty parts of the file, up to this many bytes, so that the
   * space can be used again. No write may be under way.
   */
  void gather(int bytes) {
    if (store.compact(FULL_ENOUGH_PERCENT, bytes)) {
      store.commit();
    }
  }

  /**
   * Moves parts from the end of the file into gaps, up to this many bytes, and shortens the file.
   * Forces to the disk on its way. No write may be under way.
   */
  void shrink(int bytes) {
    if (store.getFileStore() instanceof RandomAccessStore chunks) {
      chunks.compactMoveChunks(FULL_ENOUGH_PERCENT, bytes, store);
    }
  }

  /** Reads on a fixed state: no page that the state needs is overwritten before the end. */
  <T> T reading(Supplier<T> read) {
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
      return;
    }
    release();
    store.close();
  }
}
