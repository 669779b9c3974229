package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.OpCode;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests. The library reads most of them; besides, there are those whose sender wants no
 * answer, and those that hold something that cannot be read, which is to be told and is no reason
 * to hang up.
 */
final class RequestDecoder extends MongoWireProtocolHandler {

  private static final int REQUEST_ID = 4;
  private static final int RESPONSE_TO = 8;
  private static final int OPERATION = 12;
  private static final int FLAGS = 16;
  private static final int BEGINNING = 20;
  private static final int MORE_TO_COME = 1 << 1;

  /** A request that is carried out and not answered. */
  static final class Unanswered extends MongoMessage {
    Unanswered(Channel channel, MessageHeader header, Document document) {
      super(channel, header, document);
    }
  }

  /** A command that is not decoded yet. */
  final class Whole extends ClientRequest {
    private final ChannelHandlerContext context;
    private final byte[] bytes;

    Whole(ChannelHandlerContext context, MessageHeader header, byte[] bytes) {
      super(context.channel(), header, "");
      this.context = context;
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }

    /** As the library reads it. */
    ClientRequest decoded() {
      try {
        return Objects.requireNonNull(
            RequestDecoder.super.decode(context, Unpooled.wrappedBuffer(bytes)));
      } catch (Exception e) {
        return new Unreadable(getChannel(), getHeader(), error(e), true);
      }
    }
  }

  /** A request that was received as a whole and cannot be understood. */
  static final class Unreadable extends ClientRequest {
    private final MongoServerError error;
    private final boolean answered;

    Unreadable(Channel channel, MessageHeader header, MongoServerError error, boolean answered) {
      super(channel, header, "");
      this.error = error;
      this.answered = answered;
    }

    MongoServerError error() {
      return error;
    }

    boolean isAnswered() {
      return answered;
    }
  }

  @Override
  protected @Nullable ClientRequest decode(ChannelHandlerContext context, ByteBuf in)
      throws Exception {
    int start = in.readerIndex();
    if (in.readableBytes() < BEGINNING) {
      return null;
    }
    int length = in.getIntLE(start);
    if (length > MAX_MESSAGE_SIZE_BYTES || in.readableBytes() < length) {
      return super.decode(context, in);
    }
    int flags = in.getIntLE(start + FLAGS);
    boolean isCommand = in.getIntLE(start + OPERATION) == OpCode.OP_MSG.getId();
    MessageHeader header =
        new MessageHeader(
            length, in.getIntLE(start + REQUEST_ID), in.getIntLE(start + RESPONSE_TO));
    if (isCommand && flags == 0) {
      byte[] message = new byte[length];
      in.readBytes(message);
      return new Whole(context, header, message);
    }
    boolean answered = !isCommand || (flags & MORE_TO_COME) == 0;
    if (!answered) {
      in.setIntLE(start + FLAGS, flags & ~MORE_TO_COME);
    }
    try {
      ClientRequest request = super.decode(context, in);
      return !answered && request instanceof MongoMessage message
          ? new Unanswered(message.getChannel(), message.getHeader(), message.getDocument())
          : request;
    } catch (RuntimeException e) {
      in.readerIndex(start + length);
      return new Unreadable(context.channel(), header, error(e), answered);
    }
  }

  private static MongoServerError error(Exception e) {
    String reason = String.valueOf(e.getMessage());
    return reason.startsWith("BSON object too large")
        ? new MongoServerError(10334, "BSONObjectTooLarge", reason)
        : new MongoServerError(2, "BadValue", "The request cannot be read: " + reason);
  }
}
