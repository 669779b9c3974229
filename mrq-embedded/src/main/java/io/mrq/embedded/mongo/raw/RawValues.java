package io.mrq.embedded.mongo.raw;

import de.bwaldvogel.mongo.wire.BsonConstants;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes of a client can be stored as they are: those that the library would decode, and
 * encode to the same bytes.
 */
public final class RawValues {

  private static final byte GENERIC = BsonConstants.BINARY_SUBTYPE_GENERIC;
  private static final byte UUID = BsonConstants.BINARY_SUBTYPE_UUID;

  private RawValues() {}

  public static boolean areStorable(@Nullable RawDocument document) {
    if (document == null || !document.isDistinct()) {
      return false;
    }
    for (int field = 0; field < document.size(); field++) {
      if (!isText(document.bytes(), document.begin(field) + 1, document.valueBegin(field) - 1)
          || !isStorable(document, field)) {
        return false;
      }
    }
    return true;
  }

  static boolean isStorable(RawDocument document, int field) {
    byte[] bytes = document.bytes();
    int begin = document.valueBegin(field);
    int last = document.valueEnd(field) - 1;
    return switch (document.type(field)) {
      case BsonConstants.TYPE_UTF8_STRING ->
          bytes[last] == 0 && isText(bytes, begin + Integer.BYTES, last);
      case BsonConstants.TYPE_EMBEDDED_DOCUMENT -> areStorable(document.nested(field));
      case BsonConstants.TYPE_ARRAY -> isArray(document.nested(field));
      case BsonConstants.TYPE_DATA ->
          bytes[begin + Integer.BYTES] == GENERIC
              || (bytes[begin + Integer.BYTES] == UUID
                  && RawDocument.intAt(bytes, begin) == BsonConstants.LENGTH_UUID);
      case BsonConstants.TYPE_BOOLEAN -> bytes[begin] == 0 || bytes[begin] == 1;
      case BsonConstants.TYPE_NULL,
          BsonConstants.TYPE_INT32,
          BsonConstants.TYPE_INT64,
          BsonConstants.TYPE_DOUBLE,
          BsonConstants.TYPE_DECIMAL128,
          BsonConstants.TYPE_OBJECT_ID,
          BsonConstants.TYPE_TIMESTAMP,
          BsonConstants.TYPE_UTC_DATETIME ->
          true;
      default -> false;
    };
  }

  private static boolean isArray(@Nullable RawDocument array) {
    for (int i = 0; array != null && i < array.size(); i++) {
      if (!array.isNamed(i, RawName.of(String.valueOf(i))) || !isStorable(array, i)) {
        return false;
      }
    }
    return array != null;
  }

  /** Whether the bytes are text as Java would write it. */
  private static boolean isText(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        byte[] written =
            new String(bytes, from, to - from, StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(bytes, from, to, written, 0, written.length);
      }
    }
    return true;
  }
}
