package io.mrq.mongo;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bson.BsonArray;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/**
 * One message of MongoDB's protocol: an OP_MSG with its sections in one document, or the OP_QUERY
 * that a driver begins with and its OP_REPLY.
 */
record WireMessage(int id, int responseTo, int operation, int flags, BsonDocument body) {
  static final int REPLY = 1;
  static final int QUERY = 2004;
  static final int MESSAGE = 2013;
  static final int MORE_TO_COME = 2;

  private static final int HEADER = 16;
  private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

  /** The command's name. */
  String name() {
    return body.getFirstKey();
  }

  boolean wantsAnswer() {
    return (flags & MORE_TO_COME) == 0;
  }

  /** The answer to this request, in the form that its sender expects. */
  WireMessage answer(BsonDocument answer) {
    return new WireMessage(0, id, operation == QUERY ? REPLY : MESSAGE, 0, answer);
  }

  static WireMessage read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    ByteBuffer header = little(data.readNBytes(HEADER));
    if (header.remaining() < HEADER) {
      throw new IOException("the connection ended");
    }
    int length = header.getInt();
    int id = header.getInt();
    int responseTo = header.getInt();
    int operation = header.getInt();
    ByteBuffer rest = little(data.readNBytes(length - HEADER));
    int flags = rest.getInt();
    return new WireMessage(
        id, responseTo, operation, flags, operation == QUERY ? query(rest) : message(rest));
  }

  private static BsonDocument query(ByteBuffer rest) {
    String namespace = text(rest);
    rest.getLong();
    return document(rest).append("$db", new BsonString(namespace.split("\\.")[0]));
  }

  private static BsonDocument message(ByteBuffer rest) {
    BsonDocument body = new BsonDocument();
    BsonDocument sequences = new BsonDocument();
    while (rest.hasRemaining()) {
      if (rest.get() == 0) {
        body = document(rest);
      } else {
        int end = rest.position() + rest.getInt();
        BsonArray documents = new BsonArray();
        sequences.append(text(rest), documents);
        while (rest.position() < end) {
          documents.add(document(rest));
        }
      }
    }
    body.putAll(sequences);
    return body;
  }

  void write(OutputStream out) throws IOException {
    byte[] document = bytes(body);
    int before = operation == REPLY ? 20 : 5;
    ByteBuffer buffer = little(new byte[HEADER + before + document.length]);
    buffer.putInt(buffer.capacity()).putInt(id).putInt(responseTo).putInt(operation);
    if (operation == REPLY) {
      buffer.putInt(8).putLong(0).putInt(0).putInt(1);
    } else {
      buffer.putInt(0).put((byte) 0);
    }
    buffer.put(document);
    out.write(buffer.array());
    out.flush();
  }

  private static byte[] bytes(BsonDocument document) {
    BasicOutputBuffer buffer = new BasicOutputBuffer();
    CODEC.encode(new BsonBinaryWriter(buffer), document, EncoderContext.builder().build());
    return buffer.toByteArray();
  }

  private static BsonDocument document(ByteBuffer from) {
    int length = from.getInt(from.position());
    byte[] bytes = new byte[length];
    from.get(bytes);
    return CODEC.decode(
        new BsonBinaryReader(ByteBuffer.wrap(bytes)), DecoderContext.builder().build());
  }

  private static String text(ByteBuffer from) {
    int start = from.position();
    while (from.get() != 0) {}
    return new String(from.array(), start, from.position() - start - 1, StandardCharsets.UTF_8);
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
