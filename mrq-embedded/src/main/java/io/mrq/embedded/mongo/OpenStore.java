package io.mrq.embedded.mongo;

import io.mrq.embedded.mongo.file.CommitGate;
import io.mrq.embedded.mongo.file.StoreFile;
import io.mrq.embedded.mongo.file.Upkeep;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is open, and everything that works on it.
 *
 * @param upkeep of a file; memory needs none
 */
record OpenStore(StoreFile file, CommitGate gate, StoreBackend backend, @Nullable Upkeep upkeep)
    implements AutoCloseable {

  /**
   * Opens the file, or memory when it is null.
   *
   * @throws org.h2.mvstore.MVStoreException when the file is locked, unreadable or damaged
   */
  static OpenStore open(@Nullable Path path, boolean fsync) {
    StoreFile file = StoreFile.open(path);
    try {
      CommitGate gate = new CommitGate(file, fsync);
      StoreBackend backend = new StoreBackend(file, gate);
      return new OpenStore(
          file, gate, backend, path == null ? null : new Upkeep(file, gate, fsync));
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  /** Brings the file up to date and closes it, after the last command. */
  @Override
  public void close() {
    if (upkeep != null) {
      upkeep.close();
    }
    file.close();
  }
}
