package io.mrq.embedded.mongo.raw;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A document as BSON bytes with the places of its own fields. Nothing is decoded but what is asked
 * for; a nested document is one value.
 */
public final class RawDocument {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Length and closing byte. */
  private static final int EMPTY = 5;

  /**
   * Numbers that are kept of each field: its beginning, the hash of its name, its value's place.
   */
  private static final int NUMBERS = 4;

  private static final int TYPICAL_FIELDS = 16;

  private final byte[] bytes;
  private final int start;
  private final int end;
  private int[] fields = new int[TYPICAL_FIELDS * NUMBERS];
  private int size;

  private RawDocument(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** The fields of a whole document; null when it holds something of an unknown kind. */
  public static @Nullable RawDocument of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /**
   * The fields of the document that begins at a place.
   *
   * @param limit where the bytes end that it may take
   * @return null when it does not end there or before, or holds something of an unknown kind
   */
  public static @Nullable RawDocument of(byte[] bytes, int start, int limit) {
    if (limit - start < EMPTY) {
      return null;
    }
    int length = intAt(bytes, start);
    if (length < EMPTY || length > limit - start || bytes[start + length - 1] != 0) {
      return null;
    }
    RawDocument document = new RawDocument(bytes, start, start + length);
    return document.read() ? document : null;
  }

  private boolean read() {
    int last = end - 1;
    int at = start + Integer.BYTES;
    while (at < last) {
      int begin = at++;
      int hash = 0;
      while (at < last && bytes[at] != 0) {
        hash = RawName.next(hash, bytes[at++]);
      }
      int value = at + 1;
      int length = value > last ? -1 : length(bytes[begin], value, last);
      if (length < 0 || length > last - value) {
        return false;
      }
      add(begin, hash, value, value + length);
      at = value + length;
    }
    return true;
  }

  private void add(int begin, int hash, int value, int valueEnd) {
    int at = size++ * NUMBERS;
    if (at == fields.length) {
      fields = Arrays.copyOf(fields, at * 2);
    }
    fields[at] = begin;
    fields[at + 1] = hash;
    fields[at + 2] = value;
    fields[at + 3] = valueEnd;
  }

  /** How many bytes a value takes, or -1. */
  private int length(byte type, int value, int last) {
    return switch (type) {
      case BsonConstants.TYPE_NULL,
          BsonConstants.TYPE_UNDEFINED,
          BsonConstants.TYPE_MIN_KEY,
          BsonConstants.TYPE_MAX_KEY ->
          0;
      case BsonConstants.TYPE_BOOLEAN -> 1;
      case BsonConstants.TYPE_INT32 -> Integer.BYTES;
      case BsonConstants.TYPE_DOUBLE,
          BsonConstants.TYPE_INT64,
          BsonConstants.TYPE_UTC_DATETIME,
          BsonConstants.TYPE_TIMESTAMP ->
          Long.BYTES;
      case BsonConstants.TYPE_OBJECT_ID -> BsonConstants.LENGTH_OBJECTID;
      case BsonConstants.TYPE_DECIMAL128 -> 2 * Long.BYTES;
      case BsonConstants.TYPE_UTF8_STRING, BsonConstants.TYPE_JAVASCRIPT_CODE ->
          stated(value, last, Integer.BYTES, 1);
      case BsonConstants.TYPE_DATA -> stated(value, last, Integer.BYTES + 1, 0);
      case BsonConstants.TYPE_EMBEDDED_DOCUMENT, BsonConstants.TYPE_ARRAY ->
          stated(value, last, 0, EMPTY);
      case BsonConstants.TYPE_REGEX -> twoTexts(value, last);
      default -> -1;
    };
  }

  /** A length that the value itself states. */
  private int stated(int value, int last, int more, int least) {
    if (last - value < Integer.BYTES) {
      return -1;
    }
    int length = intAt(bytes, value);
    return length < least || length > last - value ? -1 : length + more;
  }

  private int twoTexts(int value, int last) {
    int at = value;
    for (int texts = 0; texts < 2; texts++) {
      while (at < last && bytes[at] != 0) {
        at++;
      }
      at++;
    }
    return at - value;
  }

  public static int intAt(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  int size() {
    return size;
  }

  public byte[] bytes() {
    return bytes;
  }

  /** Where the document begins. */
  public int start() {
    return start;
  }

  /** Behind the closing byte. */
  public int end() {
    return end;
  }

  public byte type(int field) {
    return bytes[begin(field)];
  }

  /** Where a field begins: its type, then its name, a zero, its value. */
  int begin(int field) {
    return fields[field * NUMBERS];
  }

  int valueBegin(int field) {
    return fields[field * NUMBERS + 2];
  }

  /** Behind the value, where the next field begins. */
  int valueEnd(int field) {
    return fields[field * NUMBERS + 3];
  }

  RawName name(int field) {
    return new RawName(
        Arrays.copyOfRange(bytes, begin(field) + 1, valueBegin(field) - 1), hash(field));
  }

  private int hash(int field) {
    return fields[field * NUMBERS + 1];
  }

  /** As {@link RawName#bit} of its name. */
  long bit(int field) {
    return 1L << hash(field);
  }

  boolean isNamed(int field, RawName name) {
    return hash(field) == name.hash()
        && Arrays.equals(
            bytes, begin(field) + 1, valueBegin(field) - 1, name.utf8(), 0, name.utf8().length);
  }

  /** The place of a field, or -1. */
  public int find(RawName name) {
    for (int field = 0; field < size; field++) {
      if (isNamed(field, name)) {
        return field;
      }
    }
    return -1;
  }

  /** Whether no two fields have the same name. */
  boolean isDistinct() {
    for (int field = 1; field < size; field++) {
      for (int other = 0; other < field; other++) {
        if (hash(field) == hash(other) && isNamed(field, name(other))) {
          return false;
        }
      }
    }
    return true;
  }

  /** A nested document or array; null when it cannot be read. */
  @Nullable RawDocument nested(int field) {
    return of(bytes, valueBegin(field), valueEnd(field));
  }

  /** The value of a field, as the library has it; {@link Missing} when there is no such field. */
  public @Nullable Object value(RawName name) {
    int field = find(name);
    return field < 0 ? Missing.getInstance() : value(field);
  }

  /** The value of a field, as the library has it. */
  public @Nullable Object value(int field) {
    int at = valueBegin(field);
    return switch (type(field)) {
      case BsonConstants.TYPE_UTF8_STRING -> text(field);
      case BsonConstants.TYPE_OBJECT_ID ->
          new ObjectId(Arrays.copyOfRange(bytes, at, valueEnd(field)));
      case BsonConstants.TYPE_DOUBLE -> Double.longBitsToDouble((long) LONG.get(bytes, at));
      case BsonConstants.TYPE_UTC_DATETIME -> Instant.ofEpochMilli((long) LONG.get(bytes, at));
      case BsonConstants.TYPE_INT32 -> intAt(bytes, at);
      case BsonConstants.TYPE_INT64 -> (long) LONG.get(bytes, at);
      case BsonConstants.TYPE_BOOLEAN -> bytes[at] != 0;
      case BsonConstants.TYPE_NULL -> null;
      default ->
          BsonDecoder.decodeValue(
              type(field), Unpooled.wrappedBuffer(bytes, at, valueEnd(field) - at));
    };
  }

  /** Whether the value of a field of type text is this one. */
  public boolean isText(int field, byte[] utf8) {
    int begin = valueBegin(field) + Integer.BYTES;
    return Arrays.equals(bytes, begin, valueEnd(field) - 1, utf8, 0, utf8.length);
  }

  private String text(int field) {
    int begin = valueBegin(field) + Integer.BYTES;
    return new String(bytes, begin, valueEnd(field) - 1 - begin, StandardCharsets.UTF_8);
  }

  public Document decode() {
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes, start, end - start));
  }
}
