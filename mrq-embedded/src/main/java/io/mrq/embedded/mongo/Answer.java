package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.OpCode;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a request is answered with. */
sealed interface Answer {

  /**
   * Writes the whole message to an empty buffer.
   *
   * @param id of this answer
   * @param request the id of the request
   */
  default void writeTo(ByteBuf out, int id, int request) {
    out.writeIntLE(0).writeIntLE(id).writeIntLE(request);
    writeContent(out);
    out.setIntLE(0, out.writerIndex());
  }

  /** Writes the operation and all that follows it. */
  void writeContent(ByteBuf out);

  /** A document of the library. */
  record Decoded(Document document) implements Answer {
    @Override
    public void writeContent(ByteBuf out) {
      out.writeIntLE(OpCode.OP_MSG.getId()).writeIntLE(0).writeByte(0);
      BsonEncoder.encodeDocument(document, out);
    }
  }

  /** The answer to the old form of a command. */
  record Reply(Document document) implements Answer {
    @Override
    public void writeContent(ByteBuf out) {
      out.writeIntLE(OpCode.OP_REPLY.getId()).writeIntLE(0);
      // The cursor, the first document's place in it, the number of documents.
      out.writeLongLE(0).writeIntLE(0).writeIntLE(1);
      BsonEncoder.encodeDocument(document, out);
    }
  }

  /**
   * The documents that a query found, all of them, as they are stored.
   *
   * @param namespace of their collection
   */
  record Found(String namespace, List<RawDocument> documents) implements Answer {

    @Override
    public void writeContent(ByteBuf out) {
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
