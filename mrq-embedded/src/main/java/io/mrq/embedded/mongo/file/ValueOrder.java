package io.mrq.embedded.mongo.file;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.mrq.embedded.mongo.raw.Bson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A total order of BSON values, by type first as MongoDB has it, for the keys of the stored maps.
 *
 * <p>The library's own comparator is made for sorting results: it takes arrays by their smallest
 * element and large integers beside fractions as equal, which would let two different keys collide.
 */
public final class ValueOrder implements Comparator<@Nullable Object> {

  public static final ValueOrder INSTANCE = new ValueOrder();

  private ValueOrder() {}

  @Override
  public int compare(@Nullable Object a, @Nullable Object b) {
    if (a == b) {
      return 0;
    }
    // The usual kinds first: this is asked a dozen times for each entry that is written.
    if (a instanceof ObjectId x && b instanceof ObjectId y) {
      return Arrays.compareUnsigned(x.toByteArray(), y.toByteArray());
    }
    if (a instanceof KeyValue x && b instanceof KeyValue y) {
      return compareKeys(x, y);
    }
    if (a instanceof String x && b instanceof String y) {
      return x.compareTo(y);
    }
    if (a instanceof Double x && b instanceof Double y) {
      // Adding zero makes minus zero equal to zero, as MongoDB has it.
      return Double.compare(x + 0.0, y + 0.0);
    }
    if (a instanceof Instant x && b instanceof Instant y) {
      return x.compareTo(y);
    }
    int rank = rank(a);
    int byType = Integer.compare(rank, rank(b));
    return byType != 0 || a == null || b == null ? byType : compareSameType(rank, a, b);
  }

  private static int rank(@Nullable Object value) {
    return switch (value) {
      case MinKey _ -> 0;
      case null -> 1;
      case Missing _ -> 1;
      case Number _ -> 2;
      case String _ -> 3;
      case Document _ -> 4;
      case KeyValue _ -> 5;
      case Collection<?> _ -> 5;
      case ObjectId _ -> 7;
      case Boolean _ -> 8;
      case Instant _ -> 9;
      case BsonTimestamp _ -> 10;
      case MaxKey _ -> 12;
      default -> 11;
    };
  }

  private int compareSameType(int rank, Object a, Object b) {
    return switch (rank) {
      case 0, 1, 12 -> 0;
      case 2 -> compareNumbers((Number) a, (Number) b);
      case 3 -> ((String) a).compareTo((String) b);
      case 4 -> compareDocuments((Document) a, (Document) b);
      case 5 -> compareLists((Iterable<?>) a, (Iterable<?>) b);
      case 8 -> Boolean.compare((Boolean) a, (Boolean) b);
      case 9 -> ((Instant) a).compareTo((Instant) b);
      case 10 -> ((BsonTimestamp) a).compareTo((BsonTimestamp) b);
      // Binary data, identifiers of other systems, patterns and scripts: any fixed order will do.
      default -> Arrays.compareUnsigned(Bson.encodeValue(a), Bson.encodeValue(b));
    };
  }

  private static int compareNumbers(Number a, Number b) {
    if (isWhole(a) && isWhole(b)) {
      return Long.compare(a.longValue(), b.longValue());
    }
    // Adding zero makes minus zero equal to zero, as MongoDB has it.
    double x = a.doubleValue() + 0.0;
    double y = b.doubleValue() + 0.0;
    int rough = Double.compare(x, y);
    return rough != 0 || !Double.isFinite(x) ? rough : exact(a).compareTo(exact(b));
  }

  private static boolean isWhole(Number number) {
    return number instanceof Integer || number instanceof Long;
  }

  private static BigDecimal exact(Number number) {
    return switch (number) {
      case Decimal128 decimal -> decimal.toBigDecimal();
      case Double fraction -> new BigDecimal(fraction);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private int compareDocuments(Document a, Document b) {
    Iterator<Map.Entry<String, Object>> left = a.entrySet().iterator();
    Iterator<Map.Entry<String, Object>> right = b.entrySet().iterator();
    while (left.hasNext() && right.hasNext()) {
      Map.Entry<String, Object> x = left.next();
      Map.Entry<String, Object> y = right.next();
      int byType = Integer.compare(rank(x.getValue()), rank(y.getValue()));
      int byName = byType != 0 ? byType : x.getKey().compareTo(y.getKey());
      int byValue = byName != 0 ? byName : compare(x.getValue(), y.getValue());
      if (byValue != 0) {
        return byValue;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }

  private int compareKeys(KeyValue a, KeyValue b) {
    int common = Math.min(a.size(), b.size());
    for (int i = 0; i < common; i++) {
      int byPart = compare(a.get(i), b.get(i));
      if (byPart != 0) {
        return byPart;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private int compareLists(Iterable<?> a, Iterable<?> b) {
    Iterator<?> left = a.iterator();
    Iterator<?> right = b.iterator();
    while (left.hasNext() && right.hasNext()) {
      int byElement = compare(left.next(), right.next());
      if (byElement != 0) {
        return byElement;
      }
    }
    return Boolean.compare(left.hasNext(), right.hasNext());
  }
}
