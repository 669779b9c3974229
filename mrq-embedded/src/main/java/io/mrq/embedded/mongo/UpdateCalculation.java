package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import io.mrq.embedded.mongo.index.Conditions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes the result of an update. The library has the operators, but applies them only to a
 * collection, so this class is a collection of a single document that stores nothing.
 */
final class UpdateCalculation extends AbstractMongoCollection<Object> {

  private static final String ID = "_id";

  private @Nullable Document given;
  private @Nullable Document added;

  UpdateCalculation(MongoDatabase database, String name, CursorRegistry cursors) {
    super(database, name, CollectionOptions.withDefaults(), cursors);
  }

  /**
   * The document after an update; the one that is given stays as it is.
   *
   * @param selector the filter that found the document; it determines which array element is
   *     updated
   * @throws MongoServerError when MongoDB refuses the update of this document
   */
  Document changed(Document document, Document selector, Document update, ArrayFilters filters) {
    return changed(
        document,
        update,
        () -> updateDocuments(selector, update, filters, false, false, NoopOplog.get()));
  }

  /** The document after the update of a {@code findAndModify}. */
  Document changed(Document document, Document command, Document update) {
    return changed(document, update, () -> findAndModify(command));
  }

  private Document changed(Document document, Document update, Runnable library) {
    UpdateRules.check(document, update);
    Document changed = document.cloneDeeply();
    given = changed;
    library.run();
    if (isReplacement(update)) {
      return replacement(document, update);
    }
    setExactly(changed, update);
    return changed;
  }

  /** The document that an upsert adds. */
  Document inserted(Document selector, Document update, ArrayFilters filters) {
    given = null;
    updateDocuments(selector, withId(selector, update), filters, false, true, NoopOplog.get());
    return Objects.requireNonNull(added, "the library adds a document");
  }

  /** The document that a {@code findAndModify} adds. */
  Document inserted(Document command, Document selector, Document update) {
    given = null;
    findAndModify(command.clone().append("update", withId(selector, update)));
    return Objects.requireNonNull(added, "the library adds a document");
  }

  private static boolean isReplacement(Document update) {
    return update.keySet().stream().noneMatch(key -> key.startsWith("$"));
  }

  private static Document replacement(Document document, Document update) {
    Document replacement = new Document(ID, document.get(ID));
    update.forEach((field, value) -> {
      if (!field.equals(ID)) {
        replacement.put(field, value);
      }
    });
    return replacement;
  }

  /** For the library 2 and 2.0 are equal, and so nothing to set. */
  private static void setExactly(Document changed, Document update) {
    if (update.get("$set") instanceof Document values) {
      for (Map.Entry<String, Object> entry : values.entrySet()) {
        if (entry.getKey().indexOf('$') < 0) {
          Utils.changeSubdocumentValue(changed, entry.getKey(), entry.getValue());
        }
      }
    }
  }

  /** The library would use random bytes, but an ObjectId begins with its time. */
  private static Document withId(Document selector, Document update) {
    if (Conditions.of(selector).fields().contains(ID)
        || update.containsKey(ID)
        || sets(update, "$set")
        || sets(update, "$setOnInsert")) {
      return update;
    }
    Document complete = update.clone();
    if (isReplacement(update)) {
      complete.put(ID, newId());
    } else {
      Document added =
          update.get("$setOnInsert") instanceof Document given ? given.clone() : new Document();
      complete.put("$setOnInsert", added.append(ID, newId()));
    }
    return complete;
  }

  private static boolean sets(Document update, String operator) {
    return update.get(operator) instanceof Document values && values.containsKey(ID);
  }

  static ObjectId newId() {
    return new ObjectId(new org.bson.types.ObjectId().toByteArray());
  }

  @Override
  protected QueryResult queryDocuments(
      Document query,
      @Nullable Document orderBy,
      int numberToSkip,
      int limit,
      int batchSize,
      @Nullable Document fieldSelector) {
    return given == null ? new QueryResult() : new QueryResult(List.of(given));
  }

  @Override
  public void addDocument(Document document) {
    added = document;
  }

  @Override
  protected Object findDocumentPosition(Document document) {
    return Missing.getInstance();
  }

  @Override
  protected void handleUpdate(Object position, Document oldDocument, Document newDocument) {
    // The library has changed the document in place.
  }

  @Override
  protected boolean tracksDataSize() {
    return false;
  }

  @Override
  public int count() {
    return given == null ? 0 : 1;
  }

  @Override
  protected QueryResult matchDocuments(
      Document query,
      @Nullable Document orderBy,
      int numberToSkip,
      int limit,
      int batchSize,
      @Nullable Document fieldSelector) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected Document getDocument(Object position) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected Object addDocumentInternal(Document document) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void removeDocument(Object position) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected Stream<DocumentWithPosition<Object>> streamAllDocumentsWithPosition() {
    throw new UnsupportedOperationException();
  }

  @Override
  protected void updateDataSize(int sizeDelta) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected int getDataSize() {
    throw new UnsupportedOperationException();
  }
}
