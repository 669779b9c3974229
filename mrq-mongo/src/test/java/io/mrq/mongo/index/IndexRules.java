package io.mrq.mongo.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What MongoDB can do with an index, by the rules of its planner.
 *
 * @param only the filter of a partial index; empty: it holds all documents
 */
record IndexRules(String name, List<String> fields, boolean isSparse, BsonDocument only) {
  private static final Set<String> BOUNDS = Set.of("$gt", "$gte", "$lt", "$lte");

  /** Of the description that a server gives of an index. */
  static IndexRules of(BsonDocument index) {
    return new IndexRules(
        index.getString("name").getValue(),
        List.copyOf(index.getDocument("key").keySet()),
        index.getBoolean("sparse", BsonBoolean.FALSE).getValue(),
        index.getDocument("partialFilterExpression", new BsonDocument()));
  }

  /** Whether a document has an entry. */
  boolean holds(BsonDocument document) {
    return (!isSparse || document.containsKey(fields.getFirst()))
        && only.entrySet().stream()
            .allMatch(part -> matches(document.get(part.getKey()), part.getValue()));
  }

  private static boolean matches(@Nullable BsonValue value, BsonValue condition) {
    if (value == null || !(condition instanceof BsonDocument operators)) {
      return condition.equals(value);
    }
    Map.Entry<String, BsonValue> operator = operators.entrySet().iterator().next();
    return switch (operator.getKey()) {
      case "$exists" -> true;
      case "$gt" -> allAbove(List.of(value), operator);
      case "$in" -> operator.getValue().asArray().contains(value);
      default -> throw new AssertionError("an unknown condition: " + operators);
    };
  }

  /**
   * Whether it leads to the documents of a filter: all of them are in it, and the filter bounds its
   * first field.
   */
  boolean leadsTo(BsonDocument filter) {
    boolean holdsAll =
        only.entrySet().stream()
            .allMatch(part -> proves(filter.get(part.getKey()), part.getValue()));
    return holdsAll && isBounded(filter);
  }

  /** Whether it holds all documents, and begins with this field. */
  boolean holdsAllBy(String field) {
    return only.isEmpty() && !isSparse && fields.getFirst().equals(field);
  }

  private boolean isBounded(BsonDocument filter) {
    BsonValue first = filter.get(fields.getFirst());
    return first != null && !(isSparse && allowsNull(first));
  }

  /** Whether the documents come in this order without being sorted. */
  boolean gives(List<String> order, BsonDocument filter) {
    int equal = equal(filter);
    boolean isMerged =
        fields.subList(0, equal).stream().anyMatch(field -> !isSingle(filter.get(field)));
    // The parts of an index that several values make are merged by the whole order or not at all:
    // a field of it with one value is only passed over where nothing is merged.
    List<String> open =
        isMerged ? order : order.stream().filter(field -> !isSingle(filter.get(field))).toList();
    return open.size() <= fields.size() - equal
        && fields.subList(equal, equal + open.size()).equals(open);
  }

  private static boolean isSingle(@Nullable BsonValue condition) {
    List<BsonValue> values = alternatives(condition);
    return values != null && values.size() == 1;
  }

  /** Whether the values of a field are found by a leap from each to the next. */
  boolean leapsOver(String field, BsonDocument filter) {
    return fields.indexOf(field) == (filter.containsKey(field) ? 0 : equal(filter));
  }

  /** Whether the entries show all that a filter and a group look at. */
  boolean covers(BsonDocument filter, BsonDocument group) {
    return fields.containsAll(filter.keySet()) && fields.containsAll(fieldsIn(group));
  }

  private static Set<String> fieldsIn(BsonValue expression) {
    Set<String> found = new HashSet<>();
    switch (expression) {
      case BsonString text when text.getValue().startsWith("$") ->
          found.add(text.getValue().substring(1));
      case BsonDocument document -> document.values().forEach(part -> found.addAll(fieldsIn(part)));
      case BsonArray parts -> parts.forEach(part -> found.addAll(fieldsIn(part)));
      default -> {}
    }
    return found;
  }

  private int equal(BsonDocument filter) {
    int equal = 0;
    while (equal < fields.size() && alternatives(filter.get(fields.get(equal))) != null) {
      equal++;
    }
    return equal;
  }

  /** The values of which a condition allows one; null when it is no such condition. */
  private static @Nullable List<BsonValue> alternatives(@Nullable BsonValue condition) {
    if (condition instanceof BsonDocument operators) {
      return operators.keySet().equals(Set.of("$in")) ? operators.getArray("$in") : null;
    }
    return condition == null ? null : List.of(condition);
  }

  private static boolean allowsNull(BsonValue condition) {
    List<BsonValue> values = alternatives(condition);
    return values != null && values.stream().anyMatch(BsonValue::isNull);
  }

  /**
   * Whether a condition of a query proves that of a partial index. Of several values it does so
   * only for a bound, for existence, and for exactly the same values: MongoDB does not look whether
   * each of them is among those of the index.
   */
  private static boolean proves(@Nullable BsonValue asked, BsonValue held) {
    if (asked == null) {
      return false;
    }
    List<BsonValue> values = alternatives(asked);
    if (!(held instanceof BsonDocument operators)) {
      return values != null && values.stream().allMatch(held::equals);
    }
    Map.Entry<String, BsonValue> operator = operators.entrySet().iterator().next();
    return switch (operator.getKey()) {
      case "$exists" -> !allowsNull(asked) && (values != null || isBound(asked));
      case "$gt" -> asked.equals(held) || (values != null && allAbove(values, operator));
      case "$in" -> {
        List<BsonValue> allowed = new ArrayList<>(operator.getValue().asArray());
        yield values != null
            && (List.copyOf(values).equals(allowed)
                || (values.size() == 1 && allowed.containsAll(values)));
      }
      default -> false;
    };
  }

  private static boolean isBound(BsonValue asked) {
    return asked instanceof BsonDocument operators
        && operators.keySet().stream().anyMatch(BOUNDS::contains);
  }

  private static boolean allAbove(List<BsonValue> values, Map.Entry<String, BsonValue> bound) {
    String least = bound.getValue().asString().getValue();
    return values.stream()
        .allMatch(value -> value.isString() && value.asString().getValue().compareTo(least) > 0);
  }
}
