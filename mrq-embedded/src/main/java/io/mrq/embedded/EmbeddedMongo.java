package io.mrq.embedded;

import io.mrq.embedded.EmbeddedStoreException.Problem;
import io.mrq.embedded.mongo.DocumentServer;
import java.net.BindException;
import java.nio.file.Path;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB-protocol server in this process, on loopback, with its documents in a file with a
 * journal beside it, or in memory. Every client of the machine can connect, other processes too.
 *
 * <p>A write is in the journal before it is acknowledged, so {@code kill -9} loses nothing that was
 * acknowledged, and a write cut in the middle is dropped when the store is opened again. Only what
 * both this server and MongoDB can do may be relied on: no transactions, change streams, pipeline
 * updates, and TTL indexes delete nothing.
 */
public final class EmbeddedMongo implements AutoCloseable {

  /** The database that {@link #uri()} names. */
  public static final String DATABASE = "mrq";

  private static final String FILE = "mongo.mv";
  private static final int PORT_TRIES = 20;

  private final DocumentServer server;
  private final @Nullable Path file;

  private EmbeddedMongo(DocumentServer server, @Nullable Path file) {
    this.server = server;
    this.file = file;
  }

  /**
   * Opens the store and starts to listen.
   *
   * @throws EmbeddedStoreException when the folder is locked, not writable or damaged, or the port
   *     is in use
   */
  public static EmbeddedMongo open(EmbeddedMongoOptions options) {
    QuietLibraries.apply();
    Path folder = options.dataDir() == null ? null : DataFolder.prepare(options.dataDir());
    Path file = folder == null ? null : folder.resolve(FILE);
    if (file != null) {
      DataFolder.requireWritable(file);
    }
    return new EmbeddedMongo(start(file, options), file);
  }

  private static DocumentServer start(@Nullable Path file, EmbeddedMongoOptions options) {
    int tries = options.port() == LoopbackPort.ANY ? PORT_TRIES : 1;
    while (true) {
      int port = options.port() == LoopbackPort.ANY ? LoopbackPort.free() : options.port();
      try {
        return DocumentServer.start(file, port, options.fsync());
      } catch (BindException e) {
        if (--tries == 0) {
          throw LoopbackPort.inUse(port, "MongoDB store", "mrq.embedded.mongo.port", e);
        }
      } catch (MVStoreException e) {
        throw cannotOpen(file, e);
      }
    }
  }

  private static RuntimeException cannotOpen(@Nullable Path file, MVStoreException e) {
    if (file == null || file.getParent() == null) {
      return e;
    }
    if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
      return DataFolder.locked(file.getParent(), e);
    }
    return new EmbeddedStoreException(
        Problem.STORE_DAMAGED,
        "The file " + file + " cannot be read as a store.",
        "Restore it and its journal files from a backup, or move them away to start with an empty"
            + " store.",
        e);
  }

  public int port() {
    return server.port();
  }

  /** The address with the database {@value #DATABASE}: {@code mongodb://127.0.0.1:port/mrq}. */
  public String uri() {
    return "mongodb://127.0.0.1:" + port() + "/" + DATABASE;
  }

  /** Where the documents lie; null when they are in memory. */
  public @Nullable Path file() {
    return file;
  }

  /**
   * Why the store cannot be used now, or null while it works. A store on a file that closed itself,
   * since it could not write or had no memory left, is opened again by itself.
   */
  public @Nullable Throwable failure() {
    return server.failure();
  }

  /** Ends all connections and closes the file. Closing twice does nothing. */
  @Override
  public void close() {
    server.close();
  }
}
