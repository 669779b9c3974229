package io.mrq.mongo.document;

import io.mrq.store.NotStorableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bson.BSONException;
import org.bson.BsonBinary;
import org.bson.BsonBinaryReader;
import org.bson.BsonBinaryWriter;
import org.bson.BsonReader;
import org.bson.BsonType;
import org.bson.BsonWriter;
import org.bson.RawBsonDocument;
import org.bson.io.BasicOutputBuffer;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Converts plain values (see {@link io.mrq.job.JobValues}) to BSON and back. Writing refuses a
 * value without a plain type. Reading never fails: a value of another type reads as the nearest
 * plain one.
 *
 * <p>It does without the driver's codecs, since what is stored must not depend on how an
 * application has configured its client. The driver copies the bytes that are made here as they
 * are.
 */
public final class PlainBson {
  private static final char REPLACEMENT = '\uFFFD';

  /** Most documents and updates fit. */
  private static final int FIRST_SIZE = 512;

  private PlainBson() {}

  /**
   * Encodes a document of plain values and {@link ObjectId}s.
   *
   * @throws NotStorableException naming the first value that cannot be stored
   */
  public static RawBsonDocument encode(Map<String, ? extends @Nullable Object> document) {
    return encode(writer -> writeMap(writer, document, ""));
  }

  /**
   * Encodes the document that this writes, field by field.
   *
   * @throws NotStorableException when a value cannot be stored
   */
  public static RawBsonDocument encode(Consumer<BsonWriter> document) {
    BasicOutputBuffer buffer = new BasicOutputBuffer(FIRST_SIZE);
    try (BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
      document.accept(writer);
    } catch (BSONException e) {
      throw new NotStorableException("The document cannot be encoded: " + e.getMessage(), e);
    }
    return new RawBsonDocument(buffer.getInternalBuffer(), 0, buffer.getSize());
  }

  /**
   * Writes a field with a plain value.
   *
   * @param name also names the value when it cannot be stored
   */
  public static void writeField(BsonWriter writer, String name, @Nullable Object value) {
    writer.writeName(name);
    write(writer, value, name);
  }

  /**
   * The fields of a document in their order, as plain values in maps that the caller may change.
   */
  public static Map<String, @Nullable Object> decode(RawBsonDocument document) {
    try (BsonReader reader = reader(document)) {
      return readMap(reader);
    }
  }

  /** Reads the bytes of a document; its own reader would first make an object of each value. */
  public static BsonReader reader(RawBsonDocument document) {
    return new BsonBinaryReader(document.getByteBuffer().asNIO());
  }

  private static void writeMap(BsonWriter writer, Map<?, ?> map, String where) {
    writer.writeStartDocument();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      writer.writeName(wellFormed(key));
      write(writer, entry.getValue(), where.isEmpty() ? key : where + "." + key);
    }
    writer.writeEndDocument();
  }

  private static void write(BsonWriter writer, @Nullable Object value, String where) {
    switch (value) {
      case null -> writer.writeNull();
      case String text -> writer.writeString(wellFormed(text));
      case Boolean flag -> writer.writeBoolean(flag);
      case Integer number -> writer.writeInt32(number);
      case Long number -> writer.writeInt64(number);
      case Double number -> writer.writeDouble(number);
      case Instant date -> writer.writeDateTime(millis(date, where));
      case byte[] bytes -> writer.writeBinaryData(new BsonBinary(bytes));
      case ObjectId id -> writer.writeObjectId(id);
      case Map<?, ?> map -> writeMap(writer, map, where);
      case Collection<?> list -> writeList(writer, list, where);
      default ->
          throw new NotStorableException(
              "'%s' has the type %s, which cannot be stored"
                  .formatted(where, value.getClass().getName()),
              null);
    }
  }

  private static void writeList(BsonWriter writer, Collection<?> list, String where) {
    writer.writeStartArray();
    int index = 0;
    for (Object element : list) {
      write(writer, element, where + "[" + index++ + "]");
    }
    writer.writeEndArray();
  }

  private static long millis(Instant date, String where) {
    try {
      return date.toEpochMilli();
    } catch (ArithmeticException e) {
      throw new NotStorableException(
          "'%s' is the date %s, which no document can hold".formatted(where, date), e);
    }
  }

  /**
   * Replaces halves of surrogate pairs. They have no form in UTF-8, and Python could not read a
   * document with one.
   */
  private static String wellFormed(String text) {
    StringBuilder fixed = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      fixed = fixed == null ? new StringBuilder(text) : fixed;
      fixed.setCharAt(i, REPLACEMENT);
    }
    return fixed == null ? text : fixed.toString();
  }

  /** Reads a document as {@link #decode} does. */
  public static Map<String, @Nullable Object> readMap(BsonReader reader) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    reader.readStartDocument();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      map.put(reader.readName(), read(reader));
    }
    reader.readEndDocument();
    return map;
  }

  /** Reads a list of plain values. */
  public static List<@Nullable Object> readList(BsonReader reader) {
    List<@Nullable Object> list = new ArrayList<>();
    reader.readStartArray();
    while (reader.readBsonType() != BsonType.END_OF_DOCUMENT) {
      list.add(read(reader));
    }
    reader.readEndArray();
    return list;
  }

  /** Reads a value as the nearest plain one. */
  public static @Nullable Object read(BsonReader reader) {
    return switch (reader.getCurrentBsonType()) {
      case DOUBLE -> reader.readDouble();
      case STRING -> reader.readString();
      case DOCUMENT -> readMap(reader);
      case ARRAY -> readList(reader);
      case BINARY -> reader.readBinaryData().getData();
      case OBJECT_ID -> reader.readObjectId().toHexString();
      case BOOLEAN -> reader.readBoolean();
      case DATE_TIME -> Instant.ofEpochMilli(reader.readDateTime());
      case INT32 -> reader.readInt32();
      case INT64 -> reader.readInt64();
      // As a text, since a double would lose digits.
      case DECIMAL128 -> reader.readDecimal128().toString();
      case TIMESTAMP -> Instant.ofEpochSecond(reader.readTimestamp().getTime());
      case REGULAR_EXPRESSION -> {
        var regex = reader.readRegularExpression();
        yield "/" + regex.getPattern() + "/" + regex.getOptions();
      }
      case DB_POINTER -> reader.readDBPointer().getId().toHexString();
      case JAVASCRIPT -> reader.readJavaScript();
      case JAVASCRIPT_WITH_SCOPE -> {
        String code = reader.readJavaScriptWithScope();
        readMap(reader);
        yield code;
      }
      case SYMBOL -> reader.readSymbol();
      case NULL, UNDEFINED, MIN_KEY, MAX_KEY, END_OF_DOCUMENT -> {
        reader.skipValue();
        yield null;
      }
    };
  }
}
