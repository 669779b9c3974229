package io.mrq.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
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

  private static final int MAX_PORT_ATTEMPTS = 10;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;

  private final Path program;
  private final RedisFolder folder;
  private final List<String> settings;
  private final int port;

  private RedisProcess process;
  private boolean wanted = true;
  private boolean closed;

  private EmbeddedRedis(EmbeddedRedisOptions options) {
    program = RedisProgram.find(options.program());
    folder = RedisFolder.open(options.dataDir());
    settings = settings(options);
    try {
      folder.awaitPredecessor();
      if (options.port() == LoopbackPort.ANY) {
        Started started = startOnFreePort();
        process = started.process();
        port = started.port();
      } else {
        port = options.port();
        process = startOn(port);
      }
    } catch (RuntimeException e) {
      folder.close();
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

  private static List<String> settings(EmbeddedRedisOptions options) {
    List<String> settings = new ArrayList<>();
    settings.addAll(List.of("--appendonly", options.dataDir() == null ? "no" : "yes"));
    settings.addAll(List.of("--appendfsync", options.fsync() ? "always" : "everysec"));
    return settings;
  }

  private Started startOnFreePort() {
    for (int i = 1; ; i++) {
      int free = LoopbackPort.free();
      try {
        return new Started(RedisProcess.start(program, folder.path(), free, settings), free);
      } catch (RedisProcess.NotStarted e) {
        if (!e.portInUse() || i == MAX_PORT_ATTEMPTS) {
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
      return RedisProcess.start(program, folder.path(), wantedPort, settings);
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
    return folder.path();
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
      log.error(
          "The embedded Redis is no longer supervised: when it ends, it is not started again. Restart this process",
          e);
    }
  }

  /** Waits until Redis should run and returns its process; null after {@link #close()}. */
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
    folder.close();
  }
}
