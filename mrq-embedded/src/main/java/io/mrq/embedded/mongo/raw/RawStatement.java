package io.mrq.embedded.mongo.raw;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One update of a command, of documents that are named by {@code _id}, as it came.
 *
 * @param hint the index that it names, unless it is the one of the {@code _id}; or null
 */
public record RawStatement(
    RawFilter filter,
    RawUpdate update,
    boolean multi,
    @Nullable Object hint,
    RawDocument selector,
    RawDocument changes) {

  private static final RawName SELECTOR = RawName.of("q");
  private static final RawName CHANGES = RawName.of("u");
  private static final RawName MULTI = RawName.of("multi");
  private static final RawName UPSERT = RawName.of("upsert");
  private static final RawName HINT = RawName.of("hint");
  private static final byte[] BY_ID = Bson.encode(new Document("_id", 1));

  /** The update; null when it is of another shape. */
  public static @Nullable RawStatement of(RawDocument statement) {
    RawDocument selector = null;
    RawDocument changes = null;
    boolean multi = false;
    Object hint = null;
    for (int field = 0; field < statement.size(); field++) {
      if (statement.isNamed(field, SELECTOR)) {
        selector = document(statement, field);
      } else if (statement.isNamed(field, CHANGES)) {
        changes = document(statement, field);
      } else if (statement.isNamed(field, MULTI)) {
        multi = Boolean.TRUE.equals(statement.value(field));
      } else if (statement.isNamed(field, HINT)) {
        hint = isById(statement, field) ? null : statement.value(field);
      } else if (!statement.isNamed(field, UPSERT)
          || !Boolean.FALSE.equals(statement.value(field))) {
        return null;
      }
    }
    RawFilter filter = RawFilter.of(selector);
    RawUpdate update = RawUpdate.of(changes);
    return selector == null || changes == null || filter == null || update == null
        ? null
        : new RawStatement(filter, update, multi, hint, selector, changes);
  }

  /** Whether it names the index by which the documents are found anyway. */
  private static boolean isById(RawDocument statement, int field) {
    return statement.type(field) == BsonConstants.TYPE_EMBEDDED_DOCUMENT
        && Arrays.equals(
            BY_ID,
            0,
            BY_ID.length,
            statement.bytes(),
            statement.valueBegin(field),
            statement.valueEnd(field));
  }

  private static @Nullable RawDocument document(RawDocument statement, int field) {
    return statement.type(field) == BsonConstants.TYPE_EMBEDDED_DOCUMENT
        ? statement.nested(field)
        : null;
  }

  /** The filter but for its demand on the {@code _id}, for the library. */
  public Document rest() {
    Document rest = selector.decode();
    rest.remove("_id");
    return rest;
  }
}
