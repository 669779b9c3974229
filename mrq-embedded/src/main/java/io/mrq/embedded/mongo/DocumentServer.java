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
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB-protocol server on loopback, with everything below it: the file, the gate in front of
 * the file, the commands.
 */
public final class DocumentServer implements AutoCloseable {

  /** Threads that only move bytes. */
  private static final int IO_THREADS = 2;

  /** Threads that carry out commands, started when needed and ended when idle. */
  private static final int COMMAND_THREADS = 64;

  private static final int IDLE_SECONDS = 30;

  private final StoreFile file;
  private final int port;
  private final CommitGate gate;
  private final EventLoopGroup io = ioThreads();
  private final ExecutorService commands = commandThreads();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel listener;
  private final @Nullable Upkeep upkeep;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DocumentServer(StoreFile file, boolean onDisk, boolean fsync, int port)
      throws BindException {
    this.file = file;
    this.port = port;
    this.gate = new CommitGate(file, fsync);
    StoreBackend backend = new StoreBackend(file, gate);
    this.listener = listen(backend, port);
    io.scheduleWithFixedDelay(backend::forgetCursors, 1, 1, TimeUnit.MINUTES);
    this.upkeep = onDisk ? new Upkeep(file, gate, fsync) : null;
  }

  /**
   * Opens the store and starts to listen on loopback.
   *
   * @param path the file, or null for memory only
   * @param port the loopback port
   * @param fsync whether an answer waits until the disk has the data
   * @throws org.h2.mvstore.MVStoreException when the file is locked, unreadable or damaged
   * @throws BindException when somebody else listens on the port
   */
  public static DocumentServer start(@Nullable Path path, int port, boolean fsync)
      throws BindException {
    StoreFile file = StoreFile.open(path);
    try {
      return new DocumentServer(file, path != null, fsync, port);
    } catch (Throwable e) {
      file.close();
      throw e;
    }
  }

  public int port() {
    return port;
  }

  private Channel listen(StoreBackend backend, int port) throws BindException {
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
                        .addLast(new Connection(backend, connections, commands));
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
    if (upkeep != null) {
      upkeep.close();
    }
    gate.alone(file::commit);
    file.close();
  }

  private void stopThreads() {
    // Waits for the commands under way.
    commands.close();
    io.shutdownGracefully(0, IDLE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
