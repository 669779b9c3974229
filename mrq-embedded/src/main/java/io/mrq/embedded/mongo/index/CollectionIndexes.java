package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import io.mrq.embedded.mongo.raw.RawUpdate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of one collection, as far as they find documents: chooses how a query reads, answers
 * alone what it can, and tells which entries an update changes.
 *
 * @param lookups indexes that name documents by equality, in the order in which they are asked
 * @param ordered indexes that are read in order
 */
public record CollectionIndexes(List<LookupIndex> lookups, List<OrderedIndex> ordered) {
  public static final CollectionIndexes NONE = new CollectionIndexes(List.of(), List.of());

  public static CollectionIndexes of(Collection<Index<Object>> indexes) {
    return new CollectionIndexes(
        only(LookupIndex.class, indexes), only(OrderedIndex.class, indexes));
  }

  private static <T> List<T> only(Class<T> type, Collection<Index<Object>> indexes) {
    return indexes.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** How the documents for a filter are found, in the order of the sort where an index allows. */
  public Selection select(Document filter, @Nullable Document sort) {
    Conditions conditions = Conditions.of(filter);
    for (LookupIndex index : lookups) {
      Collection<Object> ids = index.candidates(conditions);
      if (ids != null) {
        return index instanceof IdIndex
            ? Selection.byId(ids, filter)
            : Selection.byKey(index.getName(), ids, filter);
      }
    }
    IndexScan scan =
        isById(sort)
            ? IndexPlanner.byId(ordered, conditions, sort)
            : IndexPlanner.best(ordered, conditions, sort);
    return scan == null ? Selection.all(filter, isById(sort)) : Selection.by(scan, filter);
  }

  /** The documents themselves are stored in the order of the {@code _id}. */
  static boolean isById(@Nullable Document sort) {
    return sort != null && sort.size() == 1 && sort.containsKey("_id");
  }

  public static boolean isByIdDescending(@Nullable Document sort) {
    return sort != null
        && isById(sort)
        && sort.get("_id") instanceof Number number
        && number.intValue() < 0;
  }

  /** How many documents match, at most the limit; null when no index can tell alone. */
  public @Nullable Long count(Document filter, long limit) {
    IndexScan scan = IndexPlanner.covering(ordered, filter, null);
    return scan == null ? null : scan.ids().limit(limit).count();
  }

  /** How to carry out the beginning of a pipeline by an index alone; null when none can. */
  public @Nullable CoveredGroup covered(List<Document> pipeline) {
    return CoveredGroup.of(ordered, pipeline);
  }

  /**
   * The distinct values of a field among the documents that match; null when no index can tell
   * alone.
   *
   * @param matches whether a document that has only this field matches a filter
   */
  public @Nullable Collection<@Nullable Object> distinct(
      String field, Document filter, BiPredicate<Document, Document> matches) {
    Collection<@Nullable Object> values = valuesIn(field, filter, matches);
    // An index holds numbers of all types alike, and what is missing as null.
    return values != null && values.stream().allMatch(CollectionIndexes::isAsStored)
        ? values
        : null;
  }

  private @Nullable Collection<@Nullable Object> valuesIn(
      String field, Document filter, BiPredicate<Document, Document> matches) {
    IndexScan scan = IndexPlanner.covering(ordered, filter, field);
    if (scan != null) {
      return scan.followingValues();
    }
    IndexScan whole = whole(field, filter);
    return whole == null
        ? null
        : whole.followingValues().stream()
            .filter(value -> matches.test(new Document(field, value), filter))
            .toList();
  }

  private @Nullable IndexScan whole(String field, Document filter) {
    return Set.of(field).containsAll(filter.keySet()) ? IndexPlanner.whole(ordered, field) : null;
  }

  /** The index that tells the distinct values of a field; null when the documents are read. */
  public @Nullable String indexOfDistinct(String field, Document filter) {
    IndexScan scan = IndexPlanner.covering(ordered, filter, field);
    IndexScan chosen = scan == null ? whole(field, filter) : scan;
    return chosen == null ? null : chosen.index().getName();
  }

  private static boolean isAsStored(@Nullable Object value) {
    return value != null && !(value instanceof Number);
  }

  /** An entry of an index that an update changes. */
  public record ChangedEntry(OrderedIndex index, @Nullable KeyValue from, @Nullable KeyValue to) {}

  /** The entries that differ between the two forms of a document. */
  public List<ChangedEntry> changedEntries(Document before, Document after) {
    return changedEntries(ordered, index -> index.entryOf(before), index -> index.entryOf(after));
  }

  /** The entries of some indexes that differ between the two forms of a document. */
  public static List<ChangedEntry> changedEntries(
      List<OrderedIndex> indexes,
      Function<OrderedIndex, @Nullable KeyValue> before,
      Function<OrderedIndex, @Nullable KeyValue> after) {
    List<ChangedEntry> changed = new ArrayList<>();
    for (OrderedIndex index : indexes) {
      KeyValue from = before.apply(index);
      KeyValue to = after.apply(index);
      if (!Objects.equals(from, to)) {
        changed.add(new ChangedEntry(index, from, to));
      }
    }
    return changed;
  }

  /** The indexes in which an update may change an entry. */
  public List<OrderedIndex> touchedBy(RawUpdate update) {
    List<OrderedIndex> touched = new ArrayList<>();
    for (OrderedIndex index : ordered) {
      if (index.isTouchedBy(update)) {
        touched.add(index);
      }
    }
    return touched;
  }

  /** Whether the {@code _id} is all that must be unique. */
  public boolean hasUniqueIdOnly() {
    return lookups.stream().allMatch(IdIndex.class::isInstance);
  }
}
