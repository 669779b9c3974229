package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.OpCode;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a client sent, decoded. */
sealed interface Request {

  int HEADER = 16;

  int ID = 4;
  int OPERATION = 12;
  int FLAGS = 16;

  int CHECKSUM_PRESENT = 1;
  int MORE_TO_COME = 1 << 1;
  int CHECKSUM_BYTES = 4;

  /** Whether its sender waits for an answer. */
  boolean isAnswered();

  /** A command. */
  record Command(Document document, boolean isAnswered) implements Request {}

  /** The old form of a command, in which drivers still send their first one. */
  record Handshake(String database, Document command) implements Request {
    @Override
    public boolean isAnswered() {
      return true;
    }
  }

  /** Something that was received as a whole and cannot be understood. */
  record Unreadable(MongoServerError error, boolean isAnswered) implements Request {}

  /** Whether a message is a command without flags. */
  static boolean isPlain(byte[] message) {
    return message.length > FLAGS + Integer.BYTES
        && RawDocument.intAt(message, OPERATION) == OpCode.OP_MSG.getId()
        && RawDocument.intAt(message, FLAGS) == 0;
  }

  static int id(byte[] message) {
    return RawDocument.intAt(message, ID);
  }

  /**
   * Decodes a message.
   *
   * @throws IOException when it is none of the two kinds that drivers send
   */
  static Request of(byte[] message) throws IOException {
    OpCode operation = OpCode.getById(RawDocument.intAt(message, OPERATION));
    boolean answered = true;
    try {
      ByteBuf in = Unpooled.wrappedBuffer(message).skipBytes(HEADER);
      int flags = in.readIntLE();
      if (operation == OpCode.OP_QUERY) {
        return handshake(in);
      }
      if (operation != OpCode.OP_MSG) {
        throw new IOException("the operation " + operation + " is not supported");
      }
      answered = (flags & MORE_TO_COME) == 0;
      return new Command(command(in, flags & ~MORE_TO_COME), answered);
    } catch (RuntimeException e) {
      return new Unreadable(error(e), answered);
    }
  }

  private static Handshake handshake(ByteBuf in) {
    String collection = BsonDecoder.decodeCString(in);
    in.skipBytes(2 * Integer.BYTES);
    Document sent = BsonDecoder.decodeBson(in);
    return new Handshake(
        collection.split("\\.", 2)[0], sent.get("$query") instanceof Document inner ? inner : sent);
  }

  private static Document command(ByteBuf in, int flags) {
    if ((flags & ~CHECKSUM_PRESENT) != 0) {
      throw new IllegalArgumentException("the flags " + flags + " are not supported");
    }
    int end = in.writerIndex() - (flags == 0 ? 0 : CHECKSUM_BYTES);
    Document body = new Document();
    Document attached = new Document();
    while (in.readerIndex() < end) {
      byte kind = in.readByte();
      if (kind == 0 && body.isEmpty()) {
        body = BsonDecoder.decodeBson(in);
      } else if (kind == 1) {
        int sectionEnd = in.readerIndex() + in.readIntLE();
        String name = BsonDecoder.decodeCString(in);
        List<Document> documents = new ArrayList<>();
        while (in.readerIndex() < sectionEnd) {
          documents.add(BsonDecoder.decodeBson(in));
        }
        putOnce(attached, name, documents);
      } else {
        throw new IllegalArgumentException("unexpected section of kind " + kind);
      }
    }
    if (body.isEmpty()) {
      throw new IllegalArgumentException("there is no command");
    }
    for (String name : attached.keySet()) {
      putOnce(body, name, attached.get(name));
    }
    return body;
  }

  private static void putOnce(Document document, String field, Object value) {
    if (document.put(field, value) != null) {
      throw new IllegalArgumentException("the field " + field + " is there twice");
    }
  }

  private static MongoServerError error(RuntimeException e) {
    String reason = String.valueOf(e.getMessage());
    return reason.startsWith("BSON object too large")
        ? new MongoServerError(10334, "BSONObjectTooLarge", reason)
        : new MongoServerError(2, "BadValue", "The request cannot be read: " + reason);
  }
}
