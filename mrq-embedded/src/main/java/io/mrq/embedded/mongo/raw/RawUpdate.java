package io.mrq.embedded.mongo.raw;

import de.bwaldvogel.mongo.backend.NumericUtils;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An update of {@code $set}, {@code $inc} and {@code $unset} on fields of the document itself,
 * carried out on bytes: fields that stay are copied as they are.
 *
 * @param changes in the order in which new fields are added
 * @param fields their names
 * @param bits of these names
 */
public record RawUpdate(List<Change> changes, List<RawName> fields, long bits) {

  private static final RawName ID = RawName.of("_id");
  private static final RawName SET = RawName.of("$set");
  private static final RawName INC = RawName.of("$inc");
  private static final RawName UNSET = RawName.of("$unset");

  /** Changes are marked as done in one number. */
  private static final int MAX_CHANGES = Long.SIZE;

  /** One field's change. */
  sealed interface Change {
    RawName field();
  }

  /**
   * Sets a field.
   *
   * @param update where it stands, as it is to be stored
   * @param place of the field there
   */
  private record Assignment(RawName field, RawDocument update, int place) implements Change {}

  private record Increment(RawName field, Number amount) implements Change {}

  private record Removal(RawName field) implements Change {}

  /** The update of a command; null when it is of another kind. */
  public static @Nullable RawUpdate of(@Nullable RawDocument update) {
    if (update == null || update.size() == 0) {
      return null;
    }
    List<Change> changes = new ArrayList<>();
    for (int operator = 0; operator < update.size(); operator++) {
      RawDocument fields = isKnown(update, operator) ? update.nested(operator) : null;
      // The library says what an operator without a field means.
      if (fields == null || fields.size() == 0 || !collect(update, operator, fields, changes)) {
        return null;
      }
    }
    List<RawName> fields = new ArrayList<>(changes.size());
    changes.forEach(change -> fields.add(change.field()));
    return changes.size() > MAX_CHANGES || !areDistinct(fields)
        ? null
        : new RawUpdate(changes, fields, RawName.bitsOf(fields));
  }

  private static boolean isKnown(RawDocument update, int operator) {
    return update.type(operator) == BsonConstants.TYPE_EMBEDDED_DOCUMENT
        && (update.isNamed(operator, SET)
            || update.isNamed(operator, INC)
            || update.isNamed(operator, UNSET));
  }

  private static boolean collect(
      RawDocument update, int operator, RawDocument fields, List<Change> changes) {
    for (int place = 0; place < fields.size(); place++) {
      RawName name = fields.name(place);
      Change change =
          isPlain(name) && !name.equalTo(ID) ? change(update, operator, fields, place, name) : null;
      if (change == null) {
        return false;
      }
      changes.add(change);
    }
    return true;
  }

  private static @Nullable Change change(
      RawDocument update, int operator, RawDocument fields, int place, RawName name) {
    if (update.isNamed(operator, SET)) {
      return RawValues.isStorable(fields, place) ? new Assignment(name, fields, place) : null;
    }
    if (update.isNamed(operator, UNSET)) {
      return new Removal(name);
    }
    return update.isNamed(operator, INC) && isNumber(fields.type(place))
        ? new Increment(name, number(fields, place))
        : null;
  }

  /** Whether it names a field of the document itself: no path, no operator, no array's place. */
  public static boolean isPlain(RawName name) {
    for (byte letter : name.utf8()) {
      if (letter == '.' || letter == '$' || letter < 0) {
        return false;
      }
    }
    return name.utf8().length > 0;
  }

  private static boolean areDistinct(List<RawName> names) {
    for (int i = 1; i < names.size(); i++) {
      RawName name = names.get(i);
      for (int k = 0; k < i; k++) {
        if (name.equalTo(names.get(k))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isNumber(byte type) {
    return type == BsonConstants.TYPE_INT32
        || type == BsonConstants.TYPE_INT64
        || type == BsonConstants.TYPE_DOUBLE;
  }

  private static Number number(RawDocument document, int field) {
    if (document.value(field) instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException("not a number");
  }

  /** Whether it changes one of these fields. */
  public boolean touches(List<RawName> some) {
    for (RawName field : some) {
      for (RawName changed : fields) {
        if (changed.equalTo(field)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether it changes exactly these fields, in this order. */
  public boolean isOf(List<RawName> others) {
    if (fields.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < fields.size(); i++) {
      if (!fields.get(i).equalTo(others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The document after the update; null when the library must say what becomes of it. */
  public byte @Nullable [] applyTo(RawDocument document) {
    Output out = new Output(document);
    long done = 0;
    for (int field = 0; field < document.size(); field++) {
      int place = changeOf(document, field);
      if (place >= 0) {
        done |= 1L << place;
        out.copyUpTo(field);
        if (!write(changes.get(place), field, document, out)) {
          return null;
        }
      }
    }
    out.copyUpTo(document.size());
    for (int place = 0; place < changes.size(); place++) {
      if ((done & 1L << place) == 0) {
        write(changes.get(place), -1, document, out);
      }
    }
    return out.finished();
  }

  private int changeOf(RawDocument document, int field) {
    if ((bits & document.bit(field)) == 0) {
      return -1;
    }
    for (int place = 0; place < fields.size(); place++) {
      if (document.isNamed(field, fields.get(place))) {
        return place;
      }
    }
    return -1;
  }

  /**
   * Writes what becomes of a field.
   *
   * @param field its place in the document, or -1 when it is not there
   */
  private static boolean write(Change change, int field, RawDocument document, Output out) {
    switch (change) {
      case Assignment set -> out.write(set.update, set.place);
      case Removal _ -> {}
      case Increment increment -> {
        if (field >= 0 && !isNumber(document.type(field))) {
          return false;
        }
        Number before = field < 0 ? Integer.valueOf(0) : number(document, field);
        out.write(increment.field, NumericUtils.addNumbers(before, increment.amount));
      }
    }
    return true;
  }

  /** The new document as far as it is written. */
  private static final class Output {

    private static final int ROOM = 256;

    private final RawDocument source;
    private byte[] bytes;
    private int size = Integer.BYTES;

    /** Up to where the source is copied or left out. */
    private int taken;

    Output(RawDocument source) {
      this.source = source;
      this.taken = source.start() + Integer.BYTES;
      this.bytes = new byte[source.end() - source.start() + ROOM];
    }

    /** Copies everything before a field, and leaves that one out. */
    void copyUpTo(int field) {
      int end = field < source.size() ? source.begin(field) : source.end() - 1;
      append(source.bytes(), taken, end);
      taken = field < source.size() ? source.valueEnd(field) : end;
    }

    void write(RawDocument from, int field) {
      append(from.bytes(), from.begin(field), from.valueEnd(field));
    }

    void write(RawName name, Number value) {
      ByteBuffer element =
          ByteBuffer.allocate(name.utf8().length + 2 + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      element.put(type(value)).put(name.utf8()).put((byte) 0);
      switch (value) {
        case Integer number -> element.putInt(number);
        case Long number -> element.putLong(number);
        default -> element.putDouble(value.doubleValue());
      }
      append(element.array(), 0, element.position());
    }

    private static byte type(Number value) {
      return switch (value) {
        case Integer _ -> BsonConstants.TYPE_INT32;
        case Long _ -> BsonConstants.TYPE_INT64;
        default -> BsonConstants.TYPE_DOUBLE;
      };
    }

    private void append(byte[] from, int begin, int end) {
      int length = end - begin;
      if (size + length >= bytes.length) {
        bytes = Arrays.copyOf(bytes, size + length + ROOM);
      }
      System.arraycopy(from, begin, bytes, size, length);
      size += length;
    }

    byte[] finished() {
      byte[] document = Arrays.copyOf(bytes, size + 1);
      ByteBuffer.wrap(document).order(ByteOrder.LITTLE_ENDIAN).putInt(0, document.length);
      return document;
    }
  }
}
