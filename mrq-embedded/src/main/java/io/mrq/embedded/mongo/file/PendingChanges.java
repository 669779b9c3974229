package io.mrq.embedded.mongo.file;

import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.DataType;
import org.jspecify.annotations.Nullable;

/**
 * The changes of maps that are not in the journal yet, in the order in which they were made, in the
 * form in which they will lie there: the map, the key, and the new value unless the key was
 * removed.
 */
final class PendingChanges {

  /** Enough for a store in which little happens; a megabyte otherwise. */
  private static final int FIRST_BYTES = 16 * 1024;

  private static final byte PUT = 1;
  private static final byte REMOVE = 2;

  private WriteBuffer open = empty();
  private WriteBuffer spare = empty();
  private boolean tooMany;

  private static WriteBuffer empty() {
    return new WriteBuffer(FIRST_BYTES).put(new byte[JournalFile.FRAME_HEAD]);
  }

  /** A change that was made; a null value when the key was removed. */
  synchronized <V> void add(MVMap<Object, V> map, Object key, @Nullable V value) {
    if (tooMany) {
      return;
    }
    if (open.position() > Journal.MAX_FRAME_BYTES) {
      giveUp();
      return;
    }
    open.put(value == null ? REMOVE : PUT).putVarInt(map.getId());
    map.getKeyType().write(open, key);
    if (value != null) {
      map.getValueType().write(open, value);
    }
  }

  /**
   * Forgets the changes up to the next {@link #clear}: they are so many, or of such a kind, that
   * the file itself must be written before they are acknowledged.
   */
  synchronized void giveUp() {
    tooMany = true;
    open = empty();
  }

  /** Whether changes were forgotten. */
  synchronized boolean areIncomplete() {
    return tooMany;
  }

  synchronized boolean isEmpty() {
    return !tooMany && open.position() == JournalFile.FRAME_HEAD;
  }

  /** Begins anew; all that was there is in the file. */
  synchronized void clear() {
    tooMany = false;
    open = cleared(open);
  }

  /** Hands over the changes as a frame, which is valid until the next call; null for none. */
  synchronized @Nullable ByteBuffer take() {
    if (isEmpty() || tooMany) {
      return null;
    }
    WriteBuffer taken = open;
    open = cleared(spare);
    spare = taken;
    return taken.getBuffer().flip();
  }

  private static WriteBuffer cleared(WriteBuffer buffer) {
    return buffer.clear().put(new byte[JournalFile.FRAME_HEAD]);
  }

  /** Makes the changes of a frame again. */
  static void replay(ByteBuffer content, Maps maps) {
    while (content.hasRemaining()) {
      boolean put = content.get() == PUT;
      replay(content, maps.map(DataUtils.readVarInt(content)), put);
    }
  }

  private static <V> void replay(ByteBuffer content, MVMap<Object, V> map, boolean put) {
    Object key = map.getKeyType().read(content);
    if (put) {
      DataType<V> values = map.getValueType();
      map.put(key, values.read(content));
    } else {
      map.remove(key);
    }
  }

  /** Finds a map by its number. */
  interface Maps {
    MVMap<Object, ?> map(int id);
  }
}
