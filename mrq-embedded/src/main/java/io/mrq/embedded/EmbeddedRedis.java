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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Redis process on loopback that lives as long as this object, and at the longest as long as
 * this JVM. Every client of the machine can connect, other processes too.
 *
 * <p>It writes an append-only file (unless in memory) and never evicts. When it ends by itself, it
 * is started again on the same port.
 */
public final class EmbeddedRedis implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedRedis.class);

  private static final int PORT_TRIES = 10;
  private static final Duration PREDECESSOR_LIMIT = Duration.ofSeconds(15);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final Path program;
  private final Path folder;
  private final @Nullable FileChannel lock;
  private final List<String> settings;
  private final int port;
  private final boolean temporary;

  private RedisProcess process;
  private boolean wanted = true;
  private boolean closed;

  private EmbeddedRedis(EmbeddedRedisOptions options) {
    program = RedisProgram.find(options.program());
    temporary = options.dataDir() == null;
    folder = folderOf(options);
    lock = temporary ? null : lock(folder);
    settings = settings(options);
    try {
      awaitPredecessor();
      if (options.port() == LoopbackPort.ANY) {
        Started started = startOnFreePort();
        process = started.process();
        port = started.port();
      } else {
        port = options.port();
        process = startOn(port);
      }
    } catch (RuntimeException e) {
      release();
      throw e;
    }
    Thread.ofPlatform().daemon().name("mrq-redis-" + port).start(this::keepRunning);
  }

  private record Started(RedisProcess process, int port) {}

  /**
   * Starts Redis and returns when it answers.
   *
   * @throws EmbeddedStoreException when the folder is locked or not writable, the port is in use,
   *     or no Redis program runs on this machine
   */
  public static EmbeddedRedis start(EmbeddedRedisOptions options) {
    return new EmbeddedRedis(options);
  }

  private static Path folderOf(EmbeddedRedisOptions options) {
    if (options.dataDir() != null) {
      return DataFolder.prepare(options.dataDir().resolve("redis"));
    }
    try {
      return Files.createTempDirectory("mrq-redis-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> settings(EmbeddedRedisOptions options) {
    List<String> settings = new ArrayList<>();
    settings.addAll(List.of("--appendonly", options.dataDir() == null ? "no" : "yes"));
    settings.addAll(List.of("--appendfsync", options.fsync() ? "always" : "everysec"));
    return settings;
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

  /** What the operator has configured is the folder above ours. */
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
  private void awaitPredecessor() {
    Path pidFile = folder.resolve("redis.pid");
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
      throw DataFolder.locked(dataDir(folder), e);
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

  private Started startOnFreePort() {
    for (int i = 1; ; i++) {
      int free = LoopbackPort.free();
      try {
        return new Started(RedisProcess.start(program, folder, free, settings), free);
      } catch (RedisProcess.NotStarted e) {
        if (!e.portInUse() || i == PORT_TRIES) {
          throw RedisProgram.notRunnable(String.valueOf(e.getMessage()), e);
        }
      }
    }
  }

  private RedisProcess startOn(int wantedPort) {
    if (!LoopbackPort.isFree(wantedPort)) {
      throw LoopbackPort.inUse(wantedPort, "Redis", "mrq.embedded.redis.port", null);
    }
    try {
      return RedisProcess.start(program, folder, wantedPort, settings);
    } catch (RedisProcess.NotStarted e) {
      throw e.portInUse()
          ? LoopbackPort.inUse(wantedPort, "Redis", "mrq.embedded.redis.port", e)
          : RedisProgram.notRunnable(String.valueOf(e.getMessage()), e);
    }
  }

  public int port() {
    return port;
  }

  /** The process id of the Redis that runs now, or of the last one. */
  public synchronized long pid() {
    return process.pid();
  }

  /** Where the data lie; a temporary folder when they are in memory. */
  public Path folder() {
    return folder;
  }

  /** Stops Redis in an orderly way and keeps it away until {@link #restart()}: for fault tests. */
  public synchronized void stop() {
    wanted = false;
    process.stop();
  }

  /** Starts Redis again after {@link #stop()}, on the same port and with the same data. */
  public synchronized void restart() {
    if (!wanted && !closed) {
      process = startOn(port);
      wanted = true;
      notifyAll();
    }
  }

  /** Freezes Redis: connections stay open and get no answers. For fault tests. */
  public synchronized void suspend() {
    process.signal("STOP");
  }

  /** Lets Redis go on after {@link #suspend()}. */
  public synchronized void resume() {
    process.signal("CONT");
  }

  private void keepRunning() {
    long pause = FIRST_PAUSE_MILLIS;
    try {
      RedisProcess current = awaitWanted();
      while (current != null) {
        int code = current.ended().get();
        synchronized (this) {
          if (wanted && process == current) {
            log.warn(
                "Redis (pid {}) has ended with code {}; starting it again on port {}",
                current.pid(),
                code,
                port);
            pause = startAgain(pause);
          }
        }
        current = awaitWanted();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      log.error("Redis is no longer watched", e);
    }
  }

  /** The Redis to watch, as soon as one shall run; null at the end. */
  private synchronized @Nullable RedisProcess awaitWanted() throws InterruptedException {
    while (!wanted && !closed) {
      wait();
    }
    return closed ? null : process;
  }

  private synchronized long startAgain(long pause) throws InterruptedException {
    long next = pause;
    while (wanted) {
      wait(next);
      next = Math.min(2 * next, LONGEST_PAUSE_MILLIS);
      if (!wanted) {
        break;
      }
      try {
        process = startOn(port);
        log.info("Redis runs again (pid {}) on port {}", process.pid(), port);
        break;
      } catch (EmbeddedStoreException e) {
        log.error("{} Trying again in {} ms.", e.getMessage(), next);
      }
    }
    return next;
  }

  /** Stops Redis in an orderly way; its data stay in the folder. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    wanted = false;
    notifyAll();
    process.stop();
    release();
  }

  private void release() {
    closeQuietly(lock);
    if (temporary) {
      deleteFolder();
    }
  }

  private void deleteFolder() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      log.debug("the temporary folder {} could not be removed", folder, e);
    }
  }
}
