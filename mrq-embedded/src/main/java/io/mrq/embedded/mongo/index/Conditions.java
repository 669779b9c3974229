package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a filter demands of single fields, as far as an index can use it.
 *
 * <p>Every demand must hold for a match, so an index may answer any of them and leave the whole
 * filter to be checked afterwards.
 */
public final class Conditions {

  private final Map<String, @Nullable Object> byField = new LinkedHashMap<>();

  private Conditions() {}

  /** Collects the fields of a filter, those inside its {@code $and}s included. */
  public static Conditions of(Document filter) {
    Conditions conditions = new Conditions();
    conditions.collect(filter);
    return conditions;
  }

  private void collect(Document filter) {
    for (Map.Entry<String, Object> entry : filter.entrySet()) {
      if (entry.getKey().equals("$and") && entry.getValue() instanceof Collection<?> parts) {
        for (Object part : parts) {
          if (part instanceof Document document) {
            collect(document);
          }
        }
      } else if (!entry.getKey().startsWith("$")) {
        byField.putIfAbsent(entry.getKey(), entry.getValue());
      }
    }
  }

  /**
   * The values of which the field must have one, or null when the filter does not say so in a way
   * that an index of single values can serve.
   */
  @Nullable List<@Nullable Object> alternatives(String field) {
    if (!byField.containsKey(field)) {
      return null;
    }
    Object demand = byField.get(field);
    if (demand instanceof Document document && isExpression(document)) {
      if (document.containsKey("$eq")) {
        return single(document.get("$eq"));
      }
      return document.get("$in") instanceof Collection<?> values ? all(values) : null;
    }
    return single(demand);
  }

  /** As {@link #alternatives}, each once and in the form of an ordered index; null if not plain. */
  @Nullable List<@Nullable Object> plainAlternatives(String field) {
    List<@Nullable Object> values = alternatives(field);
    if (values == null || !values.stream().allMatch(IndexValues::isPlain)) {
      return null;
    }
    List<@Nullable Object> distinct = new ArrayList<>();
    Set<@Nullable Object> seen = new HashSet<>();
    for (Object value : values) {
      Object normal = IndexValues.normal(value);
      if (seen.add(normal)) {
        distinct.add(normal);
      }
    }
    return distinct;
  }

  /** Bounds of a field, both counted in; null is no bound on that side. */
  public record Range(@Nullable Object lower, @Nullable Object upper) {}

  /** Between which values the field must be, or null when the filter does not say so plainly. */
  @Nullable Range range(String field) {
    if (!(byField.get(field) instanceof Document demand) || !isExpression(demand)) {
      return null;
    }
    Object lower = demand.containsKey("$gte") ? demand.get("$gte") : demand.get("$gt");
    Object upper = demand.containsKey("$lte") ? demand.get("$lte") : demand.get("$lt");
    boolean plain = IndexValues.isPlain(lower) && IndexValues.isPlain(upper);
    return plain && (lower != null || upper != null)
        ? new Range(IndexValues.normal(lower), IndexValues.normal(upper))
        : null;
  }

  /** The fields that have conditions. */
  public Set<String> fields() {
    return byField.keySet();
  }

  /** Whether the filter demands exactly this of the field. */
  boolean demand(String field, @Nullable Object demand) {
    return byField.containsKey(field) && Objects.equals(byField.get(field), demand);
  }

  /** Whether they leave no value to the field but such as meet this demand too. */
  boolean imply(String field, @Nullable Object demand) {
    if (demand(field, demand)) {
      return true;
    }
    if (new Document("$exists", true).equals(demand) && range(field) != null) {
      return true;
    }
    List<@Nullable Object> values = plainAlternatives(field);
    return values != null
        && values.stream()
            .allMatch(value ->
                value != null
                    && new DefaultQueryMatcher()
                        .matches(new Document(field, value), new Document(field, demand)));
  }

  static boolean isExpression(Document document) {
    return !document.isEmpty() && document.keySet().iterator().next().startsWith("$");
  }

  private static @Nullable List<@Nullable Object> single(@Nullable Object value) {
    List<@Nullable Object> values = new ArrayList<>(1);
    values.add(value);
    return isPlain(value) ? values : null;
  }

  private static @Nullable List<@Nullable Object> all(Collection<?> values) {
    for (Object value : values) {
      if (!isPlain(value)) {
        return null;
      }
    }
    return new ArrayList<>(values);
  }

  /** Patterns match many values, and an array also matches a field that holds its elements. */
  private static boolean isPlain(@Nullable Object value) {
    return !(value instanceof Collection<?>) && !BsonRegularExpression.isRegularExpression(value);
  }
}
