package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: hands its requests to the threads that carry out commands, so that a long one, or one
 * that waits for the file, holds up nobody else. Drivers wait for an answer before they ask again.
 */
final class Connection extends SimpleChannelInboundHandler<ClientRequest> {

  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  private final MongoBackend backend;
  private final ChannelGroup connections;
  private final Executor commands;
  private final AtomicInteger answers = new AtomicInteger();

  Connection(MongoBackend backend, ChannelGroup connections, Executor commands) {
    this.backend = backend;
    this.connections = connections;
    this.commands = commands;
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
    try {
      commands.execute(() -> answer(context, request));
    } catch (RejectedExecutionException e) {
      // The server is being closed.
      context.close();
    }
  }

  private void answer(ChannelHandlerContext context, ClientRequest request) {
    try {
      MessageHeader header =
          new MessageHeader(answers.incrementAndGet(), request.getHeader().getRequestID());
      Object answer =
          switch (request) {
            case MongoMessage message ->
                new MongoMessage(message.getChannel(), header, backend.handleMessage(message));
            case MongoQuery query -> new MongoReply(header, List.of(handshake(query)), 0);
            default -> throw new IllegalArgumentException("unknown request " + request);
          };
      context.writeAndFlush(answer);
    } catch (RuntimeException e) {
      exceptionCaught(context, e);
    }
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
    // A client that goes away in the middle is no fault of ours.
    if (context.channel().isActive()) {
      log.warn("closing the connection of {}", context.channel().remoteAddress(), cause);
    }
    context.close();
  }
}
