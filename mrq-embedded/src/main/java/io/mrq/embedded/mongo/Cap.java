package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.InvalidOptionsException;
import org.jspecify.annotations.Nullable;

/** How much a capped collection may hold, and how much it holds. Its oldest documents go first. */
final class Cap {

  private static final String CAPPED = "capped";
  private static final String SIZE = "size";
  private static final String MAX = "max";

  private final long mostBytes;
  private final long mostDocuments;
  private long bytes;

  private Cap(long mostBytes, long mostDocuments) {
    this.mostBytes = mostBytes;
    this.mostDocuments = mostDocuments;
  }

  /**
   * The cap that the options of a collection ask for, or null.
   *
   * @throws InvalidOptionsException when they do not say how large
   */
  static @Nullable Cap of(Document options) {
    if (!Utils.isTrue(options.get(CAPPED))) {
      return null;
    }
    if (!(options.get(SIZE) instanceof Number size) || size.longValue() <= 0) {
      throw new InvalidOptionsException("the 'size' field is required when 'capped' is true");
    }
    long most = options.get(MAX) instanceof Number max ? max.longValue() : 0;
    return new Cap(size.longValue(), most > 0 ? most : Long.MAX_VALUE);
  }

  Document options() {
    Document options = new Document(CAPPED, true).append(SIZE, mostBytes);
    return mostDocuments == Long.MAX_VALUE ? options : options.append(MAX, mostDocuments);
  }

  /** What {@code collStats} tells of it. */
  Document stats() {
    return new Document(CAPPED, true).append("maxSize", mostBytes);
  }

  void grow(long difference) {
    bytes += difference;
  }

  /** Whether the oldest document must go. The last one stays, however large it is. */
  boolean isExceededBy(long documents) {
    return documents > 1 && (bytes > mostBytes || documents > mostDocuments);
  }
}
