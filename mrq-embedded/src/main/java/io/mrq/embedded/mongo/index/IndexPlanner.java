package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses how a query reads the indexes of a collection. */
public final class IndexPlanner {
  /** More combinations of values than this are not looked up one by one. */
  private static final int MAX_PREFIXES = 1_000;

  /** So many ids are sorted rather than documents read in order, some of which do not match. */
  private static final int FEW_TO_SORT = 1_000;

  /** So many ids are sorted rather than all documents read in order. */
  private static final int MANY_TO_SORT = 5_000;

  private IndexPlanner() {}

  /** The best scan for a filter and an order, or null when no index helps. */
  static @Nullable IndexScan best(
      List<OrderedIndex> indexes, Conditions conditions, @Nullable Document sort) {
    IndexScan best = null;
    for (OrderedIndex index : indexes) {
      IndexScan scan = of(index, conditions, sort);
      if (scan != null) {
        best = better(best, scan, conditions);
      }
    }
    return best;
  }

  /**
   * The scan for documents in the order of their ids: one that finds few, which are sorted, else
   * one that comes in this order. Null when all documents are to be read in their order: because no
   * index helps, or because so many match that some of them are met soon.
   */
  static @Nullable IndexScan byId(
      List<OrderedIndex> indexes, Conditions conditions, @Nullable Document sort) {
    IndexScan inOrder = null;
    IndexScan sorted = null;
    for (OrderedIndex index : indexes) {
      IndexScan scan = of(index, conditions, sort);
      if (scan == null) {
        continue;
      }
      if (scan.isInOrder()) {
        inOrder = better(inOrder, scan, conditions);
      } else {
        sorted = better(sorted, scan, conditions);
      }
    }
    boolean few = sorted != null && sorted.hasAtMost(inOrder == null ? MANY_TO_SORT : FEW_TO_SORT);
    return few ? sorted : inOrder;
  }

  private static IndexScan better(@Nullable IndexScan best, IndexScan scan, Conditions conditions) {
    return best == null || worth(scan, conditions) > worth(best, conditions) ? scan : best;
  }

  /** Where the index judges everything, only documents that match are read. */
  private static int worth(IndexScan scan, Conditions conditions) {
    Set<String> judged = scan.judged();
    int worth = scan.worth();
    for (String field : scan.index().judged(conditions)) {
      worth += judged.add(field) ? 10 : 0;
    }
    if (scan.range() != null) {
      judged.add(scan.index().fields().get(scan.used()));
    }
    return worth + (judged.containsAll(conditions.fields()) ? 2 : 0);
  }

  /**
   * A scan whose entries are exactly the documents that match, so that the documents need not be
   * read, or null when no index allows it.
   *
   * @param next a field that must follow in the index, or null
   */
  public static @Nullable IndexScan covering(
      List<OrderedIndex> indexes, Document filter, @Nullable String next) {
    Conditions conditions = Conditions.of(filter);
    for (OrderedIndex index : indexes) {
      IndexScan scan = filter.isEmpty() ? null : of(index, conditions, null);
      if (scan != null
          && scan.range() == null
          && judgesAll(scan, conditions, filter)
          && !index.hasOdd()
          && (next == null || (scan.rest().isEmpty() && follows(index, scan.used(), next)))) {
        return scan;
      }
    }
    return null;
  }

  private static boolean judgesAll(IndexScan scan, Conditions conditions, Document filter) {
    Set<String> judged = scan.judged();
    judged.addAll(scan.index().judged(conditions));
    return judged.containsAll(filter.keySet());
  }

  private static boolean follows(OrderedIndex index, int used, String field) {
    return used < index.fields().size() && index.fields().get(used).equals(field);
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
    // The whole index is read where it gives the order, or leaves most documents out.
    if (!bounded && (index.isPartial() || (direction == 0 && !index.hasFilter()))) {
      return null;
    }
    return new IndexScan(
        index, prefixes, range, rest(index, used, conditions), way(direction, sort));
  }

  /** The whole of an index that begins with the field and holds every document, or null. */
  static @Nullable IndexScan whole(List<OrderedIndex> indexes, String field) {
    Conditions none = Conditions.of(new Document());
    for (OrderedIndex index : indexes) {
      if (index.fields().getFirst().equals(field)
          && !index.isPartial()
          && index.isFor(none)
          && !index.hasOdd()) {
        return new IndexScan(index, List.of(List.of()), null, Map.of(), IndexScan.Way.ANY);
      }
    }
    return null;
  }

  private static Map<Integer, Set<@Nullable Object>> rest(
      OrderedIndex index, int used, Conditions conditions) {
    Map<Integer, Set<@Nullable Object>> rest = new HashMap<>();
    for (int place = used; place < index.fields().size(); place++) {
      List<@Nullable Object> values = conditions.plainAlternatives(index.fields().get(place));
      if (values != null) {
        rest.put(place, new HashSet<>(values));
      }
    }
    return rest;
  }

  private static IndexScan.Way way(int direction, @Nullable Document sort) {
    if (direction != 0) {
      return direction > 0 ? IndexScan.Way.FORWARDS : IndexScan.Way.BACKWARDS;
    }
    // The ids are sorted before documents are read, so only as many are read as are needed.
    if (sort != null && sort.size() == 1 && sort.get("_id") instanceof Number id) {
      return id.intValue() < 0 ? IndexScan.Way.BY_ID_BACKWARDS : IndexScan.Way.BY_ID;
    }
    return IndexScan.Way.ANY;
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
}
