package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.bson.ObjectId;
import io.mrq.embedded.mongo.index.TimeLimit;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.mrq.embedded.mongo.raw.RawFilter;
import io.mrq.embedded.mongo.raw.RawMessage;
import io.mrq.embedded.mongo.raw.RawName;
import io.mrq.embedded.mongo.raw.RawProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@code find} of documents that are named by {@code _id}, answered with their bytes. */
final class RawFindCommand {

  private static final Set<String> OPTIONS =
      Set.of(
          "$db",
          "filter",
          "projection",
          "hint",
          "limit",
          "batchSize",
          "singleBatch",
          "maxTimeMS",
          "lsid",
          "readConcern",
          "$readPreference");
  private static final RawName FILTER = RawName.of("filter");
  private static final RawName PROJECTION = RawName.of("projection");
  private static final RawName HINT = RawName.of("hint");
  private static final RawName LIMIT = RawName.of("limit");
  private static final RawName BATCH_SIZE = RawName.of("batchSize");

  private final RawCollection collection;
  private final RawFilter filter;
  private final @Nullable RawProjection projection;
  private final @Nullable Object hint;
  private final int limit;
  private final int batchSize;

  private RawFindCommand(
      RawCollection collection,
      RawFilter filter,
      @Nullable RawProjection projection,
      @Nullable Object hint,
      int limit,
      int batchSize) {
    this.collection = collection;
    this.filter = filter;
    this.projection = projection;
    this.hint = hint;
    this.limit = limit;
    this.batchSize = batchSize;
  }

  /** The command; null when it is of another shape. */
  static @Nullable RawFindCommand of(RawMessage message, RawCollection collection) {
    RawFilter filter = message.hasOnly(OPTIONS) ? RawFilter.of(message.document(FILTER)) : null;
    int limit = number(message, LIMIT, 0);
    int batchSize = number(message, BATCH_SIZE, Cursors.FIRST_BATCH);
    boolean whole = message.option(PROJECTION) == null;
    RawProjection projection = whole ? null : RawProjection.of(message.document(PROJECTION));
    return filter == null || limit < 0 || batchSize <= 0 || (projection == null && !whole)
        ? null
        : new RawFindCommand(
            collection, filter, projection, message.option(HINT), limit, batchSize);
  }

  private static int number(RawMessage message, RawName option, int otherwise) {
    return switch (message.option(option)) {
      case null -> otherwise;
      case Number number -> number.intValue();
      default -> -1;
    };
  }

  /** The documents; null when they are more than one answer holds, or the library must judge. */
  @Nullable List<RawDocument> run() {
    collection.check(hint);
    List<RawDocument> found = new ArrayList<>();
    long size = 0;
    for (ObjectId id : filter.ids()) {
      TimeLimit.check();
      byte[] bytes = collection.bytes(id);
      RawDocument document = bytes == null ? null : RawDocument.of(bytes);
      RawFilter.Verdict verdict =
          document == null ? RawFilter.Verdict.OPEN : filter.matches(document);
      if (bytes == null || verdict == RawFilter.Verdict.NO) {
        continue;
      }
      size += bytes.length;
      if (document == null
          || verdict == RawFilter.Verdict.OPEN
          || found.size() == batchSize
          || size > Cursors.MAX_BATCH_BYTES) {
        return null;
      }
      found.add(projection == null ? document : projection.applyTo(document));
      if (found.size() == limit) {
        break;
      }
    }
    return found;
  }
}
