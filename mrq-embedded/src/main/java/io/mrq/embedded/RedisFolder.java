package io.mrq.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of one Redis, locked so that no second process uses it; or a temporary one, which is
 * removed at the end.
 */
final class RedisFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RedisFolder.class);
  private static final Duration PREDECESSOR_LIMIT = Duration.ofSeconds(15);

  private final Path path;
  private final @Nullable FileChannel lock;

  private RedisFolder(Path path, @Nullable FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Locks the folder {@code redis} in a data folder, or makes a temporary folder.
   *
   * @param dataDir null for a temporary folder
   * @throws EmbeddedStoreException when the folder is not writable, or another process uses it
   */
  static RedisFolder open(@Nullable Path dataDir) {
    if (dataDir == null) {
      try {
        return new RedisFolder(Files.createTempDirectory("mrq-redis-"), null);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    Path path = DataFolder.prepare(dataDir.resolve("redis"));
    return new RedisFolder(path, lock(path));
  }

  Path path() {
    return path;
  }

  private static FileChannel lock(Path folder) {
    Path file = folder.resolve("lock");
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
      channel.close();
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel);
      throw DataFolder.locked(dataDir(folder), e);
    } catch (IOException e) {
      closeQuietly(channel);
      throw new UncheckedIOException(e);
    }
    throw DataFolder.locked(dataDir(folder), null);
  }

  /** The folder that the operator has configured is the one above. */
  private static Path dataDir(Path folder) {
    return folder.getParent() == null ? folder : folder.getParent();
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      log.debug("the lock file could not be closed", e);
    }
  }

  /**
   * Waits for the Redis of a killed JVM, which still writes the last of its file for a moment.
   *
   * @throws EmbeddedStoreException when it does not end
   */
  void awaitPredecessor() {
    Path pidFile = path.resolve("redis.pid");
    try {
      if (!Files.exists(pidFile)) {
        return;
      }
      long pid = Long.parseLong(Files.readString(pidFile).strip());
      Optional<ProcessHandle> predecessor =
          ProcessHandle.of(pid).filter(handle -> isRedis(handle.info().command().orElse("")));
      if (predecessor.isPresent()) {
        predecessor.get().onExit().get(PREDECESSOR_LIMIT.toSeconds(), TimeUnit.SECONDS);
      }
      Files.deleteIfExists(pidFile);
    } catch (TimeoutException | NumberFormatException e) {
      throw DataFolder.locked(dataDir(path), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static boolean isRedis(String command) {
    return command.contains("redis-server") || command.contains("valkey-server");
  }

  /** Unlocks the folder; a temporary one is removed. */
  @Override
  public void close() {
    if (lock == null) {
      deleteAll();
    } else {
      closeQuietly(lock);
    }
  }

  private void deleteAll() {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.debug("the temporary folder {} could not be removed", path, e);
    }
  }
}
