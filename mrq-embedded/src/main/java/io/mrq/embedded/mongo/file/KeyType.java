package io.mrq.embedded.mongo.file;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.mrq.embedded.mongo.raw.Bson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/**
 * How {@code _id}s and index keys lie in a stored map: in {@link ValueOrder}, written as BSON.
 *
 * <p>MVStore's own type for objects uses Java serialisation for every comparison.
 */
public final class KeyType extends BasicDataType<Object> {

  public static final KeyType INSTANCE = new KeyType();

  private static final byte NOTHING = 0;
  private static final byte OBJECT_ID = 1;
  private static final byte VALUE = 2;
  private static final byte COMPOUND = 3;
  private static final byte TEXT = 4;
  private static final byte DOUBLE = 5;
  private static final byte DATE = 6;
  private static final int OBJECT_ID_LENGTH = 12;

  private KeyType() {}

  @Override
  public int compare(Object a, Object b) {
    return ValueOrder.INSTANCE.compare(a, b);
  }

  @Override
  @SuppressWarnings("NullAway") // MVStore's "storage" is an array that it fills itself.
  public int binarySearch(Object key, Object storage, int size, int initialGuess) {
    Object[] keys = (Object[]) storage;
    int low = 0;
    int high = size - 1;
    int probe = initialGuess > 0 && initialGuess <= size ? initialGuess - 1 : high >>> 1;
    while (low <= high) {
      int order = compare(key, keys[probe]);
      if (order == 0) {
        return probe;
      }
      if (order > 0) {
        low = probe + 1;
      } else {
        high = probe - 1;
      }
      probe = (low + high) >>> 1;
    }
    return -(low + 1);
  }

  /** A rough size in bytes; only the splitting of pages and the size of the cache depend on it. */
  @Override
  public int getMemory(Object key) {
    return switch (key) {
      case String text -> 48 + text.length();
      case KeyValue compound -> 48 * compound.size();
      default -> 40;
    };
  }

  @Override
  public void write(WriteBuffer out, Object key) {
    switch (key) {
      case Missing _ -> out.put(NOTHING);
      case ObjectId id -> out.put(OBJECT_ID).put(id.toByteArray());
      case String text -> {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.put(TEXT).putVarInt(bytes.length).put(bytes);
      }
      case Double number -> out.put(DOUBLE).putLong(Double.doubleToRawLongBits(number));
      case Instant date -> out.put(DATE).putLong(date.toEpochMilli());
      case KeyValue compound -> writeCompound(out, compound);
      default -> {
        byte[] bytes = Bson.encodeValue(key);
        out.put(VALUE).putVarInt(bytes.length).put(bytes);
      }
    }
  }

  private void writeCompound(WriteBuffer out, KeyValue compound) {
    out.put(COMPOUND).putVarInt(compound.size());
    for (Object part : compound) {
      write(out, orMissing(part));
    }
  }

  @Override
  public Object read(ByteBuffer in) {
    return switch (in.get()) {
      case NOTHING -> Missing.getInstance();
      case OBJECT_ID -> new ObjectId(readBytes(in, OBJECT_ID_LENGTH));
      case VALUE -> orMissing(Bson.decodeValue(readBytes(in, DataUtils.readVarInt(in))));
      case TEXT -> new String(readBytes(in, DataUtils.readVarInt(in)), StandardCharsets.UTF_8);
      case DOUBLE -> Double.longBitsToDouble(in.getLong());
      case DATE -> Instant.ofEpochMilli(in.getLong());
      case COMPOUND -> readCompound(in);
      default -> throw new IllegalStateException("unknown kind of key in the store");
    };
  }

  private KeyValue readCompound(ByteBuffer in) {
    int size = DataUtils.readVarInt(in);
    List<@Nullable Object> parts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Object part = read(in);
      parts.add(part instanceof Missing ? null : part);
    }
    return new KeyValue(parts);
  }

  private static Object orMissing(@Nullable Object value) {
    return value == null ? Missing.getInstance() : value;
  }

  private static byte[] readBytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  @Override
  public Object[] createStorage(int size) {
    return new Object[size];
  }
}
