package io.mrq.embedded.mongo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A MongoDB-protocol server on loopback, with everything below it: the file, the gate in front of
 * the file, the commands.
 */
public final class DocumentServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DocumentServer.class);

  private static final int BACKLOG = 128;

  /** For example when the process has no file handle left. */
  private static final Duration AFTER_REFUSED_CONNECTION = Duration.ofMillis(100);

  private final @Nullable Path path;
  private final boolean fsync;
  private final int port;

  /** Watches the store, and opens it again. */
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(threads("mrq-mongo-watch"));

  /** A thread for each connection, and the one that waits for them. */
  private final ExecutorService clients =
      Executors.newThreadPerTaskExecutor(threads("mrq-mongo-client-"));

  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ServerSocket listener;
  private volatile OpenStore store;
  private volatile @Nullable Throwable failure;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DocumentServer(@Nullable Path path, boolean fsync, int port, OpenStore store)
      throws BindException {
    this.path = path;
    this.fsync = fsync;
    this.port = port;
    this.store = store;
    this.listener = listen(port);
    watch.scheduleWithFixedDelay(
        () -> this.store.backend().forgetCursors(), 1, 1, TimeUnit.MINUTES);
    watch.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    clients.execute(this::accept);
  }

  /**
   * Opens the store and starts to listen on loopback.
   *
   * @param path the file, or null for memory only
   * @param port the loopback port
   * @param fsync whether an answer waits until the disk has the data
   * @throws org.h2.mvstore.MVStoreException when the file is locked, unreadable or damaged
   * @throws BindException when the port is in use
   */
  public static DocumentServer start(@Nullable Path path, int port, boolean fsync)
      throws BindException {
    OpenStore store = OpenStore.open(path, fsync);
    try {
      return new DocumentServer(path, fsync, port, store);
    } catch (Throwable e) {
      store.close();
      throw e;
    }
  }

  /** Why the store cannot be used now, or null while it works. */
  public @Nullable Throwable failure() {
    return failure == null ? store.file().failure() : failure;
  }

  /** Notices that the store has closed itself, even without requests. */
  private void look() {
    if (store.file().failure() != null) {
      noticeFailure();
    }
  }

  private void noticeFailure() {
    try {
      watch.execute(this::openAgain);
    } catch (RejectedExecutionException e) {
      // The server is being closed.
    }
  }

  /**
   * Opens the file anew after the store closed itself, as it does when it cannot write. Everything
   * that was acknowledged is in its journal. Clients lose their connections, and make new ones.
   */
  private synchronized void openAgain() {
    Throwable cause = store.file().failure();
    if (cause == null || closed.get()) {
      return;
    }
    if (failure == null) {
      failure = cause;
      log.error(
          "The embedded MongoDB store has closed itself: {}. {}",
          cause.getMessage(),
          path == null
              ? "Its documents were in memory; restart this process."
              : "What it acknowledged is in " + path + "; the file is being opened again.");
      store.close();
    }
    if (path == null) {
      return;
    }
    try {
      store = OpenStore.open(path, fsync);
    } catch (RuntimeException e) {
      // Tried again a second later.
      failure = e;
      return;
    }
    failure = null;
    connections.forEach(Connection::close);
    log.warn("The embedded MongoDB store is open again.");
  }

  public int port() {
    return port;
  }

  private static ServerSocket listen(int port) throws BindException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try {
      return new ServerSocket(port, BACKLOG, loopback);
    } catch (BindException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("cannot listen on " + loopback + ":" + port, e);
    }
  }

  private void accept() {
    while (!closed.get()) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        if (!closed.get()) {
          log.warn("The embedded MongoDB store cannot take a connection: {}", e.toString());
          pause();
        }
      }
    }
  }

  private void serve(Socket socket) {
    Connection connection = new Connection(socket, () -> store.backend(), this::noticeFailure);
    connections.add(connection);
    try {
      clients.execute(() -> {
        try {
          connection.run();
        } finally {
          connections.remove(connection);
        }
      });
    } catch (RejectedExecutionException e) {
      // The server is being closed.
      connection.close();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(AFTER_REFUSED_CONNECTION);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory threads(String name) {
    return Thread.ofPlatform().daemon().name(name, 0).factory();
  }

  /** Ends all connections, lets commands under way finish, and closes the file. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      listener.close();
    } catch (IOException e) {
      log.debug("the listener did not close: {}", e.toString());
    }
    clients.shutdown();
    connections.forEach(Connection::close);
    // Both wait for what is under way.
    clients.close();
    watch.close();
    store.close();
  }
}
