package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.mrq.embedded.mongo.raw.RawFilter;
import io.mrq.embedded.mongo.raw.RawMessage;
import io.mrq.embedded.mongo.raw.RawName;
import io.mrq.embedded.mongo.raw.RawProjection;
import io.mrq.embedded.mongo.raw.RawUpdate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@code findAndModify} that changes one document, which is named by {@code _id}. */
final class RawFindAndModifyCommand {

  private static final Set<String> OPTIONS =
      Set.of(
          "$db",
          "query",
          "update",
          "new",
          "fields",
          "hint",
          "writeConcern",
          "maxTimeMS",
          "lsid",
          "$readPreference");
  private static final RawName QUERY = RawName.of("query");
  private static final RawName UPDATE = RawName.of("update");
  private static final RawName NEW = RawName.of("new");
  private static final RawName FIELDS = RawName.of("fields");
  private static final RawName HINT = RawName.of("hint");

  private final RawCollection collection;
  private final ObjectId id;
  private final RawFilter filter;
  private final RawUpdate update;
  private final RawMessage message;
  private final @Nullable RawProjection projection;

  private RawFindAndModifyCommand(
      RawCollection collection,
      ObjectId id,
      RawFilter filter,
      RawUpdate update,
      RawMessage message,
      @Nullable RawProjection projection) {
    this.collection = collection;
    this.id = id;
    this.filter = filter;
    this.update = update;
    this.message = message;
    this.projection = projection;
  }

  /** The command; null when it is of another shape. */
  static @Nullable RawFindAndModifyCommand of(RawMessage message, RawCollection collection) {
    if (!message.hasOnly(OPTIONS) || !collection.takesWrites()) {
      return null;
    }
    RawFilter filter = RawFilter.of(message.document(QUERY));
    RawUpdate update = RawUpdate.of(message.document(UPDATE));
    boolean whole = message.option(FIELDS) == null;
    RawProjection projection = whole ? null : RawProjection.of(message.document(FIELDS));
    return filter == null
            || filter.ids().size() != 1
            || update == null
            || (projection == null && !whole)
        ? null
        : new RawFindAndModifyCommand(
            collection, filter.ids().getFirst(), filter, update, message, projection);
  }

  /** The answer; null when the library must judge, and nothing was done. */
  @Nullable Document run() {
    RawCollection.Change change = collection.change(id, filter, update, message.option(HINT));
    return change == null ? null : answer(change);
  }

  private Document answer(RawCollection.Change change) {
    RawDocument wanted = Utils.isTrue(message.option(NEW)) ? change.after() : change.before();
    if (wanted != null && projection != null) {
      wanted = projection.applyTo(wanted);
    }
    int matched = change.before() == null ? 0 : 1;
    Document effect = new Document("n", matched).append("updatedExisting", matched > 0);
    Document answer =
        new Document("lastErrorObject", effect)
            .append("value", wanted == null ? null : wanted.decode());
    Utils.markOkay(answer);
    return answer;
  }
}
