package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.MaxKey;
import io.mrq.embedded.mongo.file.ValueOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * A way through an {@link OrderedIndex}: for each combination of values of its first fields, the
 * entries from one value of the next field to another.
 *
 * @param prefixes the combinations; one empty combination for the whole index
 * @param range the bounds of the next field, or null
 * @param rest values of which later fields must have one, by their place in the index: what an
 *     entry tells need not be looked up in its document
 * @param way the order in which the documents come
 */
public record IndexScan(
    OrderedIndex index,
    List<List<@Nullable Object>> prefixes,
    Conditions.@Nullable Range range,
    Map<Integer, Set<@Nullable Object>> rest,
    Way way) {

  /** The order in which the documents come. */
  enum Way {
    /** As the parts of the index come. */
    ANY,
    /** In the order of the index, from the least. */
    FORWARDS,
    /** In the order of the index, from the greatest. */
    BACKWARDS,
    /** By {@code _id}, which every entry tells, from the least. */
    BY_ID,
    /** By {@code _id}, from the greatest. */
    BY_ID_BACKWARDS
  }

  private boolean fits(KeyValue entry) {
    return rest.entrySet().stream()
        .allMatch(place -> place.getValue().contains(entry.get(place.getKey())));
  }

  /** Whether the documents come in the order that was asked for. */
  boolean isSorted() {
    return way != Way.ANY;
  }

  /** Whether no more entries than these are found. */
  boolean hasAtMost(int most) {
    return entries().limit(most + 1L).count() <= most;
  }

  boolean isInOrder() {
    return way == Way.FORWARDS || way == Way.BACKWARDS;
  }

  /** How many fields of the index have one of some values in each of its parts. */
  int used() {
    return prefixes.getFirst().size();
  }

  /** The fields whose conditions an entry that comes meets for sure. */
  Set<String> judged() {
    Set<String> fields = new HashSet<>(index.fields().subList(0, used()));
    rest.keySet().forEach(place -> fields.add(index.fields().get(place)));
    return fields;
  }

  /** How much of the filter and the order the index takes care of. */
  int worth() {
    return 10 * used() + (range == null ? 0 : 5) + (isInOrder() ? 3 : 0) + 2 * rest.size();
  }

  /** The {@code _id}s of all documents that can match, each once, read as far as they are asked. */
  Stream<Object> ids() {
    return switch (way) {
      case ANY, FORWARDS, BACKWARDS -> entries().map(IndexScan::id);
      case BY_ID -> entries().map(IndexScan::id).sorted(ValueOrder.INSTANCE);
      case BY_ID_BACKWARDS -> entries().map(IndexScan::id).sorted(ValueOrder.INSTANCE.reversed());
    };
  }

  private static Object id(KeyValue entry) {
    return Missing.ofNullable(entry.get(entry.size() - 1));
  }

  /** The entries of all documents that can match, one of each, read as far as they are asked. */
  Stream<KeyValue> entries() {
    List<Iterator<KeyValue>> parts = new ArrayList<>();
    for (List<@Nullable Object> prefix : prefixes) {
      parts.add(keys(cursor(prefix)));
    }
    Stream<KeyValue> entries =
        stream(isInOrder() && parts.size() > 1 ? merged(parts) : chained(parts));
    if (!rest.isEmpty()) {
      entries = entries.filter(this::fits);
    }
    if (!isInOrder()) {
      entries = stream(chained(List.of(entries.iterator(), keys(index.odd()))));
    }
    // While a document is being changed it has its old entry and the new one.
    Set<Object> seen = new HashSet<>();
    return entries.filter(entry -> seen.add(id(entry)));
  }

  /**
   * The different values of the field after the prefixes, found by a leap from each to the next.
   */
  Set<@Nullable Object> followingValues() {
    Set<@Nullable Object> values = new TreeSet<>(ValueOrder.INSTANCE);
    for (List<@Nullable Object> prefix : prefixes) {
      KeyValue end = key(prefix, MaxKey.getInstance(), true);
      Cursor<Object, Object> cursor = index.cursor(key(prefix, null, false), end, false);
      while (cursor.hasNext()) {
        Object value = ((KeyValue) cursor.next()).get(prefix.size());
        values.add(value);
        cursor = index.cursor(key(key(prefix, value, true)), end, false);
      }
    }
    return values;
  }

  private Cursor<Object, Object> cursor(List<@Nullable Object> prefix) {
    KeyValue least = key(prefix, range == null ? null : range.lower(), range != null);
    KeyValue greatest =
        range == null || range.upper() == null
            ? key(prefix, MaxKey.getInstance(), true)
            : key(key(prefix, range.upper(), true));
    return way == Way.BACKWARDS
        ? index.cursor(greatest, least, true)
        : index.cursor(least, greatest, false);
  }

  private static KeyValue key(
      List<@Nullable Object> prefix, @Nullable Object next, boolean withNext) {
    List<@Nullable Object> key = new ArrayList<>(prefix);
    if (withNext || prefix.isEmpty()) {
      key.add(next);
    }
    return new KeyValue(key);
  }

  /** Behind all entries that begin so. */
  private static KeyValue key(KeyValue begin) {
    List<@Nullable Object> key = new ArrayList<>();
    begin.forEach(key::add);
    key.add(MaxKey.getInstance());
    return new KeyValue(key);
  }

  /**
   * One after the other. A stream that is made by {@code flatMap} would read the whole of a part as
   * soon as one entry is asked for, when it is part of another stream.
   */
  private static Iterator<KeyValue> chained(List<Iterator<KeyValue>> parts) {
    Iterator<Iterator<KeyValue>> following = parts.iterator();
    return new Iterator<>() {
      private Iterator<KeyValue> part = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        while (!part.hasNext() && following.hasNext()) {
          part = following.next();
        }
        return part.hasNext();
      }

      @Override
      public KeyValue next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return part.next();
      }
    };
  }

  private Iterator<KeyValue> merged(List<Iterator<KeyValue>> parts) {
    int from = prefixes.getFirst().size();
    PriorityQueue<Head> heads = new PriorityQueue<>((a, b) -> compare(a.entry, b.entry, from));
    for (Iterator<KeyValue> part : parts) {
      if (part.hasNext()) {
        heads.add(new Head(part.next(), part));
      }
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !heads.isEmpty();
      }

      @Override
      public KeyValue next() {
        Head head = heads.remove();
        if (head.rest.hasNext()) {
          heads.add(new Head(head.rest.next(), head.rest));
        }
        return head.entry;
      }
    };
  }

  private record Head(KeyValue entry, Iterator<KeyValue> rest) {}

  private int compare(KeyValue a, KeyValue b, int from) {
    for (int i = from; i < a.size(); i++) {
      int order = ValueOrder.INSTANCE.compare(a.get(i), b.get(i));
      if (order != 0) {
        return way == Way.BACKWARDS ? -order : order;
      }
    }
    return 0;
  }

  private static Iterator<KeyValue> keys(Cursor<Object, Object> cursor) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public KeyValue next() {
        return (KeyValue) cursor.next();
      }
    };
  }

  private static Stream<KeyValue> stream(Iterator<KeyValue> entries) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED), false);
  }
}
