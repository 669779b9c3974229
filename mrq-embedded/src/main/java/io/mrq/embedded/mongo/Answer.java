package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.OpCode;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a command is answered with. */
sealed interface Answer {

  /** A document of the library. */
  record Decoded(Document document) implements Answer {}

  /**
   * The documents that a query found, all of them, as they are stored.
   *
   * @param namespace of their collection
   */
  record Found(String namespace, List<RawDocument> documents) implements Answer {

    private static final int ENVELOPE = 128;
    private static final int ENVELOPE_OF_DOCUMENT = 8;

    /** The whole message. */
    ByteBuf encoded(MessageHeader header, ByteBufAllocator allocator) {
      int size = ENVELOPE + namespace.length();
      for (RawDocument document : documents) {
        size += ENVELOPE_OF_DOCUMENT + document.end() - document.start();
      }
      ByteBuf out = allocator.buffer(size);
      int message = begin(out);
      out.writeIntLE(header.getRequestID()).writeIntLE(header.getResponseTo());
      out.writeIntLE(OpCode.OP_MSG.getId()).writeIntLE(0).writeByte(0);
      int answer = begin(out);
      name(out, BsonConstants.TYPE_EMBEDDED_DOCUMENT, "cursor");
      int cursor = begin(out);
      name(out, BsonConstants.TYPE_INT64, "id");
      out.writeLongLE(0);
      name(out, BsonConstants.TYPE_UTF8_STRING, "ns");
      byte[] text = namespace.getBytes(StandardCharsets.UTF_8);
      out.writeIntLE(text.length + 1).writeBytes(text).writeByte(0);
      name(out, BsonConstants.TYPE_ARRAY, "firstBatch");
      int batch = begin(out);
      for (int i = 0; i < documents.size(); i++) {
        RawDocument document = documents.get(i);
        name(out, BsonConstants.TYPE_EMBEDDED_DOCUMENT, Integer.toString(i));
        out.writeBytes(document.bytes(), document.start(), document.end() - document.start());
      }
      end(out, batch);
      end(out, cursor);
      name(out, BsonConstants.TYPE_DOUBLE, "ok");
      out.writeDoubleLE(1);
      end(out, answer);
      out.setIntLE(message, out.writerIndex() - message);
      return out;
    }

    /** Leaves room for a length. */
    private static int begin(ByteBuf out) {
      int place = out.writerIndex();
      out.writeIntLE(0);
      return place;
    }

    private static void end(ByteBuf out, int begin) {
      out.writeByte(BsonConstants.TERMINATING_BYTE);
      out.setIntLE(begin, out.writerIndex() - begin);
    }

    private static void name(ByteBuf out, byte type, String name) {
      out.writeByte(type);
      out.writeCharSequence(name, StandardCharsets.US_ASCII);
      out.writeByte(0);
    }
  }
}
