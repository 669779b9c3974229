package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
 * @param sorted whether the entries come in the order that was asked for
 * @param backwards whether to go from the greatest to the least
 */
record IndexScan(
    OrderedIndex index,
    List<List<@Nullable Object>> prefixes,
    Conditions.@Nullable Range range,
    boolean sorted,
    boolean backwards) {

  /** More combinations than this are not looked up one by one. */
  private static final int MAX_PREFIXES = 1_000;

  /** The best scan for a filter and an order, or null when no index helps. */
  static @Nullable IndexScan best(
      List<OrderedIndex> indexes, Conditions conditions, @Nullable Document sort) {
    IndexScan best = null;
    for (OrderedIndex index : indexes) {
      IndexScan scan = of(index, conditions, sort);
      if (scan != null && (best == null || scan.worth() > best.worth())) {
        best = scan;
      }
    }
    return best;
  }

  /**
   * A scan whose entries are exactly the documents that match, so that nobody has to look at the
   * documents, or null when no index has it.
   *
   * @param next a field that must follow in the index, or null
   */
  static @Nullable IndexScan covering(
      List<OrderedIndex> indexes, Document filter, @Nullable String next) {
    Conditions conditions = Conditions.of(filter);
    for (OrderedIndex index : indexes) {
      IndexScan scan = filter.isEmpty() ? null : of(index, conditions, null);
      int used = scan == null ? 0 : scan.prefixes.getFirst().size();
      boolean all = index.fields().subList(0, used).containsAll(filter.keySet());
      boolean follows =
          next == null || (used < index.fields().size() && index.fields().get(used).equals(next));
      if (scan != null && scan.range == null && all && follows && !index.hasOdd()) {
        return scan;
      }
    }
    return null;
  }

  /** The scan of this index, or null when the filter and the order do not fit it. */
  static @Nullable IndexScan of(
      OrderedIndex index, Conditions conditions, @Nullable Document sort) {
    if (!index.isFor(conditions)) {
      return null;
    }
    List<List<@Nullable Object>> prefixes = List.of(List.of());
    List<String> single = new ArrayList<>();
    int used = 0;
    for (String field : index.fields()) {
      List<@Nullable Object> values = conditions.plainAlternatives(field);
      if (values == null
          || values.isEmpty()
          || index.leavesOut(values)
          || (long) prefixes.size() * values.size() > MAX_PREFIXES) {
        break;
      }
      prefixes = combine(prefixes, values);
      if (values.size() == 1) {
        single.add(field);
      }
      used++;
    }
    Conditions.Range range =
        used < index.fields().size() ? conditions.range(index.fields().get(used)) : null;
    int direction = index.hasOdd() ? 0 : direction(index, used, single, sort);
    boolean bounded = used > 0 || range != null;
    if (!bounded && (direction == 0 || index.isPartial())) {
      return null;
    }
    return new IndexScan(index, prefixes, range, direction != 0, direction < 0);
  }

  /** The whole of an index that begins with the field and holds every document, or null. */
  static @Nullable IndexScan whole(List<OrderedIndex> indexes, String field) {
    Conditions none = Conditions.of(new Document());
    for (OrderedIndex index : indexes) {
      if (index.fields().getFirst().equals(field)
          && !index.isPartial()
          && index.isFor(none)
          && !index.hasOdd()) {
        return new IndexScan(index, List.of(List.of()), null, false, false);
      }
    }
    return null;
  }

  private static List<List<@Nullable Object>> combine(
      List<List<@Nullable Object>> prefixes, List<@Nullable Object> values) {
    List<List<@Nullable Object>> longer = new ArrayList<>();
    for (List<@Nullable Object> prefix : prefixes) {
      for (Object value : values) {
        List<@Nullable Object> extended = new ArrayList<>(prefix);
        extended.add(value);
        longer.add(extended);
      }
    }
    return longer;
  }

  /** 1 when the rest of the index is in the order asked for, -1 when it is backwards, 0 if not. */
  private static int direction(
      OrderedIndex index, int used, List<String> single, @Nullable Document sort) {
    if (sort == null || sort.isEmpty()) {
      return 0;
    }
    List<String> following = new ArrayList<>(index.fields().subList(used, index.fields().size()));
    following.add("_id");
    Iterator<String> next = following.iterator();
    int direction = 0;
    for (Map.Entry<String, Object> key : sort.entrySet()) {
      if (single.contains(key.getKey())) {
        continue;
      }
      int sign = key.getValue() instanceof Number number ? Integer.signum(number.intValue()) : 0;
      boolean fits = next.hasNext() && next.next().equals(key.getKey());
      if (!fits || sign == 0 || (direction != 0 && direction != sign)) {
        return 0;
      }
      direction = sign;
    }
    return direction == 0 ? 1 : direction;
  }

  /** How much of the filter and the order the index takes care of. */
  int worth() {
    return 10 * prefixes.getFirst().size() + (range == null ? 0 : 5) + (sorted ? 3 : 0);
  }

  /** The {@code _id}s of all documents that can match, each once, read as far as they are asked. */
  Stream<Object> ids() {
    return entries().map(IndexScan::id);
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
        sorted && parts.size() > 1
            ? stream(merged(parts))
            : Stream.concat(parts.stream().flatMap(IndexScan::stream), stream(keys(index.odd())));
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
    return backwards ? index.cursor(greatest, least, true) : index.cursor(least, greatest, false);
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
        return backwards ? -order : order;
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
