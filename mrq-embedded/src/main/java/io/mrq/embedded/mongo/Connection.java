package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: hands its requests to the threads that carry out commands, so that a long one, or one
 * that waits for the file, does not delay other connections. The requests of one connection are
 * carried out one after the other: a client that sends a write without waiting for the answer, and
 * then reads, sees that write.
 */
final class Connection extends SimpleChannelInboundHandler<ClientRequest> {

  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  /**
   * The most requests of one client that may wait; beyond that, no more are read from its
   * connection.
   */
  private static final int MAX_WAITING = 100;

  private final StoreBackend backend;
  private final ChannelGroup connections;
  private final Executor commands;
  private final Runnable broken;
  private final Queue<ClientRequest> waiting = new ConcurrentLinkedQueue<>();

  /** Requests that are waiting or being carried out. */
  private final AtomicInteger open = new AtomicInteger();

  private int answers;

  /**
   * A connection that is not open yet.
   *
   * @param broken called when the store turns out to be closed
   */
  Connection(StoreBackend backend, ChannelGroup connections, Executor commands, Runnable broken) {
    this.backend = backend;
    this.connections = connections;
    this.commands = commands;
    this.broken = broken;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connections.add(context.channel());
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    backend.handleClose(context.channel());
    context.fireChannelInactive();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
    waiting.add(request);
    int before = open.getAndIncrement();
    if (before >= MAX_WAITING) {
      context.channel().config().setAutoRead(false);
    }
    if (before > 0) {
      return;
    }
    try {
      commands.execute(() -> carryOut(context));
    } catch (RejectedExecutionException e) {
      // The server is being closed.
      context.close();
    }
  }

  private void carryOut(ChannelHandlerContext context) {
    do {
      ClientRequest request = waiting.remove();
      try {
        Object answer = answer(context, request);
        if (answer != null) {
          context.writeAndFlush(answer);
        }
      } catch (Throwable e) {
        // For example out of memory: the client must not wait for an answer that never comes.
        exceptionCaught(context, e);
      }
      if (backend.isBroken()) {
        broken.run();
      }
    } while (open.decrementAndGet() > 0);
    context.channel().config().setAutoRead(true);
  }

  private @Nullable Object answer(ChannelHandlerContext context, ClientRequest request) {
    MessageHeader header = new MessageHeader(++answers, request.getHeader().getRequestID());
    if (!(request instanceof RequestDecoder.Whole whole)) {
      return answer(header, request);
    }
    RawMessage message = RawMessage.of(whole.bytes());
    return switch (message == null ? null : backend.handleRaw(whole.getChannel(), message)) {
      case null -> answer(header, whole.decoded());
      case Answer.Decoded answer -> new MongoMessage(whole.getChannel(), header, answer.document());
      case Answer.Found found -> found.encoded(header, context.alloc());
    };
  }

  private @Nullable Object answer(MessageHeader header, ClientRequest request) {
    return switch (request) {
      case RequestDecoder.Unanswered message -> {
        backend.handleMessage(message);
        yield null;
      }
      case RequestDecoder.Unreadable message ->
          message.isAnswered()
              ? new MongoMessage(
                  message.getChannel(), header, StoreBackend.refusal(message.error()))
              : null;
      case MongoMessage message ->
          new MongoMessage(message.getChannel(), header, backend.handleMessage(message));
      case MongoQuery query -> new MongoReply(header, List.of(handshake(query)), 0);
      default -> throw new IllegalArgumentException("unknown request " + request);
    };
  }

  /** The old form of a request, in which drivers still send their first one. */
  private Document handshake(MongoQuery query) {
    Document sent = query.getQuery();
    Document command = sent.get("$query") instanceof Document inner ? inner : sent;
    String name = command.keySet().iterator().next();
    return backend.handleCommand(query.getChannel(), query.getDatabaseName(), name, command);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      // A client that was killed is no fault of ours.
      log.debug("the client {} is gone: {}", context.channel().remoteAddress(), cause.toString());
    } else if (context.channel().isActive()) {
      log.warn(
          "Closing the connection of {} after an error", context.channel().remoteAddress(), cause);
    }
    context.close();
  }
}
