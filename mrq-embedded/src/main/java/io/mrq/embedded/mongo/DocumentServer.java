package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
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

  /** Threads that only move bytes. */
  private static final int IO_THREADS = 2;

  /** Threads that carry out commands, started when needed and ended when idle. */
  private static final int COMMAND_THREADS = 64;

  private static final int IDLE_SECONDS = 30;

  private final @Nullable Path path;
  private final boolean fsync;
  private final int port;
  private final EventLoopGroup io = ioThreads();
  private final ExecutorService commands = commandThreads();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel listener;
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
    io.scheduleWithFixedDelay(() -> this.store.backend().forgetCursors(), 1, 1, TimeUnit.MINUTES);
    io.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
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
      commands.execute(this::openAgain);
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
    connections.close();
    log.warn("The embedded MongoDB store is open again.");
  }

  public int port() {
    return port;
  }

  private Channel listen(int port) throws BindException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(io)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel connection) {
                    connection
                        .pipeline()
                        .addLast(new MongoWireReplyEncoder())
                        .addLast(new MongoWireMessageEncoder())
                        .addLast(new RequestDecoder())
                        .addLast(
                            new Connection(
                                store.backend(),
                                connections,
                                commands,
                                DocumentServer.this::noticeFailure));
                  }
                });
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    stopThreads();
    if (bound.cause() instanceof BindException inUse) {
      throw inUse;
    }
    throw new IllegalStateException("cannot listen on " + address, bound.cause());
  }

  private static EventLoopGroup ioThreads() {
    return new MultiThreadIoEventLoopGroup(
        IO_THREADS, threads("mrq-mongo-io"), NioIoHandler.newFactory());
  }

  private static ExecutorService commandThreads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            COMMAND_THREADS,
            COMMAND_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            threads("mrq-mongo-command"));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static ThreadFactory threads(String name) {
    return new DefaultThreadFactory(name, true);
  }

  /** Ends all connections, lets commands under way finish, and closes the file. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    listener.close().syncUninterruptibly();
    connections.close().syncUninterruptibly();
    stopThreads();
    store.close();
  }

  private void stopThreads() {
    // Waits for the commands under way.
    commands.close();
    io.shutdownGracefully(0, IDLE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
