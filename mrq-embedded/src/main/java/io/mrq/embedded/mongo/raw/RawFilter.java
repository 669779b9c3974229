package io.mrq.embedded.mongo.raw;

import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter that names documents by {@code _id} and demands values of some of their fields, judged
 * on bytes.
 *
 * @param ids in order, each once
 * @param demands on the other fields
 */
public record RawFilter(List<ObjectId> ids, List<Demand> demands) {

  private static final RawName ID = RawName.of("_id");
  private static final RawName IN = RawName.of("$in");

  /** Whether a document matches. */
  public enum Verdict {
    YES,
    NO,
    /** The field is an array, which the library must look at. */
    OPEN
  }

  /**
   * What the value of a field must be.
   *
   * @param field its name
   * @param values one of the elements of this document
   * @param from the first of these elements
   * @param to behind the last
   */
  record Demand(RawName field, RawDocument values, int from, int to) {

    Verdict of(RawDocument document) {
      int found = document.find(field);
      if (found < 0) {
        return Verdict.NO;
      }
      byte type = document.type(found);
      if (type == BsonConstants.TYPE_ARRAY) {
        return Verdict.OPEN;
      }
      for (int value = from; value < to; value++) {
        if (values.type(value) == type
            && Arrays.equals(
                values.bytes(),
                values.valueBegin(value),
                values.valueEnd(value),
                document.bytes(),
                document.valueBegin(found),
                document.valueEnd(found))) {
          return Verdict.YES;
        }
      }
      return Verdict.NO;
    }
  }

  /** The filter of a command; null when it is of another shape. */
  public static @Nullable RawFilter of(@Nullable RawDocument filter) {
    if (filter == null || !filter.isDistinct()) {
      return null;
    }
    List<ObjectId> ids = null;
    List<Demand> demands = new ArrayList<>();
    for (int field = 0; field < filter.size(); field++) {
      Demand demand = demand(filter, field);
      if (demand == null) {
        return null;
      }
      if (!demand.field.equalTo(ID)) {
        demands.add(demand);
      } else {
        ids = ids(demand);
      }
    }
    return ids == null ? null : new RawFilter(ids, demands);
  }

  private static @Nullable Demand demand(RawDocument filter, int field) {
    RawName name = filter.name(field);
    if (!RawUpdate.isPlain(name)) {
      return null;
    }
    if (filter.type(field) != BsonConstants.TYPE_EMBEDDED_DOCUMENT) {
      return isPlain(filter.type(field)) ? new Demand(name, filter, field, field + 1) : null;
    }
    RawDocument expression = filter.nested(field);
    if (expression == null
        || expression.size() != 1
        || !expression.isNamed(0, IN)
        || expression.type(0) != BsonConstants.TYPE_ARRAY) {
      return null;
    }
    RawDocument values = expression.nested(0);
    for (int i = 0; values != null && i < values.size(); i++) {
      if (!isPlain(values.type(i))) {
        return null;
      }
    }
    return values == null ? null : new Demand(name, values, 0, values.size());
  }

  /** Types whose values are equal when their bytes are, and that equal none of another type. */
  private static boolean isPlain(byte type) {
    return type == BsonConstants.TYPE_UTF8_STRING
        || type == BsonConstants.TYPE_OBJECT_ID
        || type == BsonConstants.TYPE_UTC_DATETIME
        || type == BsonConstants.TYPE_BOOLEAN;
  }

  private static @Nullable List<ObjectId> ids(Demand demand) {
    List<ObjectId> ids = new ArrayList<>(demand.to - demand.from);
    for (int i = demand.from; i < demand.to; i++) {
      if (!(demand.values.value(i) instanceof ObjectId id)) {
        return null;
      }
      ids.add(id);
    }
    ids.sort(null);
    for (int i = ids.size() - 1; i > 0; i--) {
      if (ids.get(i).equals(ids.get(i - 1))) {
        ids.remove(i);
      }
    }
    return ids;
  }

  /** Whether a document meets the demands on its fields; its {@code _id} is taken as right. */
  public Verdict matches(RawDocument document) {
    Verdict all = Verdict.YES;
    for (Demand demand : demands) {
      Verdict verdict = demand.of(document);
      if (verdict == Verdict.NO) {
        return verdict;
      }
      all = verdict == Verdict.OPEN ? verdict : all;
    }
    return all;
  }
}
