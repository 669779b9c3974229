package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.InvalidOptionsException;
import org.jspecify.annotations.Nullable;

/** The limits of a capped collection and its size. Its oldest documents are deleted first. */
final class Cap {

  private static final String CAPPED = "capped";
  private static final String SIZE = "size";
  private static final String MAX = "max";

  private final long maxBytes;
  private final long maxDocuments;
  private long bytes;

  private Cap(long maxBytes, long maxDocuments) {
    this.maxBytes = maxBytes;
    this.maxDocuments = maxDocuments;
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
    long limit = options.get(MAX) instanceof Number max ? max.longValue() : 0;
    return new Cap(size.longValue(), limit > 0 ? limit : Long.MAX_VALUE);
  }

  Document options() {
    Document options = new Document(CAPPED, true).append(SIZE, maxBytes);
    return maxDocuments == Long.MAX_VALUE ? options : options.append(MAX, maxDocuments);
  }

  /** The part of {@code collStats} about the cap. */
  Document stats() {
    return new Document(CAPPED, true).append("maxSize", maxBytes);
  }

  void grow(long difference) {
    bytes += difference;
  }

  /** Whether the oldest document must be deleted. The last one stays, however large it is. */
  boolean isExceededBy(long documents) {
    return documents > 1 && (bytes > maxBytes || documents > maxDocuments);
  }
}
