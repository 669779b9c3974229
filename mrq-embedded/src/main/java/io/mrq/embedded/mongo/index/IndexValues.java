package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which values an ordered index can hold in order, and the one form in which it holds them. */
final class IndexValues {

  private IndexValues() {}

  /**
   * Whether index and sorting agree on the order of a value, and a filter that names it matches
   * nothing else. Arrays match by their elements; not-a-number and decimals compare as they like.
   */
  static boolean isPlain(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Missing _ -> true;
      case Double number -> !number.isNaN();
      case Integer _, Long _, String _, ObjectId _, Boolean _, Instant _ -> true;
      default -> false;
    };
  }

  /** Equal numbers become equal objects, and what is missing becomes null. */
  static @Nullable Object normal(@Nullable Object value) {
    return switch (value) {
      case Missing _ -> null;
      case Integer number -> number.doubleValue();
      case Long number when (long) number.doubleValue() == number -> number.doubleValue();
      case Double number -> number + 0.0;
      case null, default -> value;
    };
  }
}
