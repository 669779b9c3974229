package io.mrq.embedded.mongo.raw;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Documents and single values to and from BSON bytes, the form in which they are stored. */
public final class Bson {

  /** MongoDB's limit for one document, in bytes. A larger one could be written but never read. */
  public static final int MAX_DOCUMENT_SIZE = 16 * 1024 * 1024;

  private static final String VALUE = "v";

  private Bson() {}

  /**
   * The stored form of a document.
   *
   * @throws MongoServerError when the document is larger than MongoDB allows or holds a value that
   *     cannot be stored
   */
  public static byte[] encode(Document document) {
    byte[] bytes = stored(document);
    if (bytes.length > MAX_DOCUMENT_SIZE) {
      throw new MongoServerError(
          10334,
          "BSONObjectTooLarge",
          "BSONObj size: " + bytes.length + " is larger than " + MAX_DOCUMENT_SIZE + " bytes");
    }
    return bytes;
  }

  /** As {@link #encode}, for what an update made of a document; too large is another error then. */
  public static byte[] encodeUpdated(Document document) {
    byte[] bytes = stored(document);
    requireUpdatedFits(bytes);
    return bytes;
  }

  /** Whether a document is no larger than MongoDB allows. */
  public static boolean fits(byte[] bytes) {
    return bytes.length <= MAX_DOCUMENT_SIZE;
  }

  /**
   * Refuses a document that an update made too large.
   *
   * @throws MongoServerError as MongoDB refuses it
   */
  public static void requireUpdatedFits(byte[] bytes) {
    if (!fits(bytes)) {
      throw new MongoServerError(
          17419, "Resulting document after update is larger than " + MAX_DOCUMENT_SIZE);
    }
  }

  private static byte[] stored(Document document) {
    try {
      return toBytes(document);
    } catch (IllegalArgumentException e) {
      throw new MongoServerError(2, "BadValue", "document cannot be stored: " + e.getMessage());
    }
  }

  public static Document decode(byte[] bytes) {
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
  }

  public static byte[] encodeValue(@Nullable Object value) {
    return toBytes(new Document(VALUE, value instanceof Missing ? null : value));
  }

  public static @Nullable Object decodeValue(byte[] bytes) {
    return decode(bytes).get(VALUE);
  }

  private static byte[] toBytes(Document document) {
    ByteBuf buffer = Unpooled.buffer(512);
    BsonEncoder.encodeDocument(document, buffer);
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }
}
