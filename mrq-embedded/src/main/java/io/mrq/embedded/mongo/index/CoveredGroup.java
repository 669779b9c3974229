package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The documents for a {@code $match} and a {@code $group} that follows it, at once or after a
 * {@code $limit}, made of the entries of an index that has every field that the two look at. So the
 * documents, which may be large, are not decoded.
 *
 * @param scan the way through the index
 * @param needed the fields that the two stages look at
 * @param constants fields that have one value in all documents of the index
 */
public record CoveredGroup(IndexScan scan, Needed needed, Map<String, Object> constants) {
  /** Operators that work alike on numbers of all types, and on null as on what is missing. */
  private static final Set<String> ARITHMETIC = Set.of("$add", "$mod", "$subtract");

  /** Operators to which null and what is missing are alike beside a number. */
  private static final Set<String> COMPARISONS = Set.of("$gt", "$gte", "$lt", "$lte");

  /**
   * The fields that an aggregation looks at.
   *
   * @param asStored those of which it sees the values
   * @param computed those with which it only computes
   */
  record Needed(Set<String> asStored, Set<String> computed) {
    /** Null when they are unknown. */
    static @Nullable Needed of(Document filter, Document group) {
      Needed needed = new Needed(new HashSet<>(filter.keySet()), new HashSet<>());
      boolean known = needed.collect(group, needed.asStored);
      return known && needed.all().noneMatch(f -> f.startsWith("$") || f.indexOf('.') >= 0)
          ? needed
          : null;
    }

    private Stream<String> all() {
      return Stream.concat(asStored.stream(), computed.stream());
    }

    private boolean collect(@Nullable Object expression, Set<String> fields) {
      return switch (expression) {
        case String text when text.startsWith("$$") -> false;
        case String text when text.startsWith("$") -> fields.add(text.substring(1)) || true;
        case Document document ->
            !document.containsKey("$literal")
                && document.entrySet().stream()
                    .allMatch(part -> collect(part.getKey(), part.getValue(), fields));
        case Collection<?> parts -> parts.stream().allMatch(part -> collect(part, fields));
        case null, default -> true;
      };
    }

    private boolean collect(String operator, @Nullable Object operands, Set<String> fields) {
      if (ARITHMETIC.contains(operator)) {
        return collectNumbers(operands);
      }
      return COMPARISONS.contains(operator)
              && operands instanceof Collection<?> both
              && both.stream().anyMatch(Number.class::isInstance)
          ? both.stream().allMatch(this::collectNumber)
          : collect(operands, fields);
    }

    /**
     * Numbers of an index are floating-point numbers. So is the result, as it would be with those
     * of the documents, when one operand is written as such.
     */
    private boolean collectNumbers(@Nullable Object operands) {
      return operands instanceof Collection<?> numbers
          && numbers.stream().anyMatch(n -> n instanceof Double || n instanceof Document)
          && numbers.stream().allMatch(this::collectNumber);
    }

    private boolean collectNumber(@Nullable Object number) {
      return switch (number) {
        case String text when text.startsWith("$") && !text.startsWith("$$") ->
            collect(text, computed);
        case Document inner ->
            inner.size() == 1
                && ARITHMETIC.containsAll(inner.keySet())
                && collectNumbers(inner.values().iterator().next());
        case null, default -> number instanceof Number;
      };
    }
  }

  /**
   * An entry does not show what the document contains, because an index treats numbers of all types
   * alike and missing values as null. The documents must be read.
   */
  public static final class NotAsStored extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAsStored() {
      super(null, null, false, false);
    }
  }

  /** How to carry out the first two stages by an index alone, or null when none has all fields. */
  static @Nullable CoveredGroup of(List<OrderedIndex> indexes, List<Document> pipeline) {
    int grouping = pipeline.size() > 2 && pipeline.get(1).containsKey("$limit") ? 2 : 1;
    if (pipeline.size() <= grouping
        || !(pipeline.get(0).get("$match") instanceof Document filter)
        || !(pipeline.get(grouping).get("$group") instanceof Document group)) {
      return null;
    }
    Needed needed = Needed.of(filter, group);
    if (needed == null) {
      return null;
    }
    Conditions conditions = Conditions.of(filter);
    IndexScan best = null;
    for (OrderedIndex index : indexes) {
      Set<String> held = new HashSet<>(index.fields());
      held.addAll(index.constants().keySet());
      held.add("_id");
      IndexScan scan =
          needed.all().allMatch(held::contains) ? IndexPlanner.of(index, conditions, null) : null;
      if (scan != null && !index.hasOdd() && (best == null || scan.worth() > best.worth())) {
        best = scan;
      }
    }
    return best == null ? null : new CoveredGroup(best, needed, best.index().constants());
  }

  /**
   * The documents, as far as the index has them; they are still to be matched.
   *
   * @throws NotAsStored while they are read, when an entry does not say what its document holds
   */
  public Stream<Document> documents() {
    return scan.entries().map(this::document);
  }

  private Document document(KeyValue entry) {
    Document document = new Document(constants);
    List<String> fields = scan.index().fields();
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i);
      Object value = entry.get(i);
      if (needed.asStored.contains(field)) {
        if (value == null || value instanceof Number) {
          throw new NotAsStored();
        }
        document.put(field, value);
      } else if (value != null && needed.computed.contains(field)) {
        document.put(field, value);
      }
    }
    document.put("_id", entry.get(entry.size() - 1));
    return document;
  }
}
