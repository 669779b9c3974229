package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.mrq.embedded.mongo.index.CollectionIndexes;
import io.mrq.embedded.mongo.index.OrderedIndex;
import io.mrq.embedded.mongo.index.TimeLimit;
import io.mrq.embedded.mongo.raw.Bson;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.mrq.embedded.mongo.raw.RawFilter;
import io.mrq.embedded.mongo.raw.RawName;
import io.mrq.embedded.mongo.raw.RawStatement;
import io.mrq.embedded.mongo.raw.RawUpdate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A collection for commands that are carried out on bytes. What one of them cannot do so, the
 * collection does. Writes hold the lock of the collection, as all of its writes.
 */
final class RawCollection {

  private static final RawName ID = RawName.of("_id");

  private final StoreCollection collection;
  private final StoredDocuments documents;
  private final UpdateCalculation updates;

  /** As the last update had them. */
  private Touched touched = new Touched(CollectionIndexes.NONE, List.of(), List.of());

  /** The indexes in which changes of some fields may change entries. */
  private record Touched(CollectionIndexes of, List<RawName> fields, List<OrderedIndex> indexes) {}

  RawCollection(StoreCollection collection, StoredDocuments documents, UpdateCalculation updates) {
    this.collection = collection;
    this.documents = documents;
    this.updates = updates;
  }

  /** Whether writes on bytes have the same effect as those of the library. */
  boolean takesWrites() {
    return !documents.isCapped() && collection.indexes().hasUniqueIdOnly();
  }

  /**
   * Refuses a hint that fits no index, or more than one.
   *
   * @throws de.bwaldvogel.mongo.exception.BadValueException as MongoDB refuses it
   */
  void check(@Nullable Object hint) {
    Hints.check(collection, hint);
  }

  /** A document as it is stored, or null. */
  byte @Nullable [] bytes(ObjectId id) {
    return documents.bytes(id);
  }

  RawUpdates.UpdateCount update(RawStatement statement) {
    synchronized (collection) {
      check(statement.hint());
      // Asked for again, because an index may have been made before the lock was taken.
      List<OrderedIndex> touched = takesWrites() ? touchedBy(statement.update()) : null;
      return RawUpdates.run(collection, updates, statement, touched);
    }
  }

  /**
   * A document before and after a change; neither, when none matched.
   *
   * @param after the same as {@code before} when nothing in it changed
   */
  record Change(@Nullable RawDocument before, @Nullable RawDocument after) {
    static final Change NONE = new Change(null, null);
  }

  /** Changes a document if it matches; null when the library must judge, and nothing was done. */
  @Nullable Change change(ObjectId id, RawFilter filter, RawUpdate update, @Nullable Object hint) {
    synchronized (collection) {
      check(hint);
      TimeLimit.check();
      byte[] bytes = documents.bytes(id);
      if (bytes == null) {
        return Change.NONE;
      }
      RawDocument before = takesWrites() ? RawDocument.of(bytes) : null;
      return before == null ? null : change(id, before, filter, update);
    }
  }

  private @Nullable Change change(
      ObjectId id, RawDocument before, RawFilter filter, RawUpdate update) {
    return switch (filter.matches(before)) {
      case NO -> Change.NONE;
      case OPEN -> null;
      case YES -> {
        byte[] changed = update.applyTo(before);
        if (changed == null || !Bson.fits(changed)) {
          yield null;
        }
        boolean differs = store(id, before, changed, touchedBy(update));
        yield new Change(before, differs ? RawDocument.of(changed) : before);
      }
    };
  }

  private List<OrderedIndex> touchedBy(RawUpdate update) {
    // The updates of a command are mostly alike.
    CollectionIndexes indexes = collection.indexes();
    if (touched.of != indexes || !update.isOf(touched.fields)) {
      touched = new Touched(indexes, update.fields(), indexes.touchedBy(update));
    }
    return touched.indexes;
  }

  /**
   * Stores the new form of a document. The caller holds the lock of the collection.
   *
   * @param touched the indexes whose entries may change
   * @return whether it differs from the stored one
   */
  boolean store(ObjectId id, RawDocument document, byte[] changed, List<OrderedIndex> touched) {
    if (Arrays.equals(changed, document.bytes())) {
      return false;
    }
    Bson.requireUpdatedFits(changed);
    RawDocument after = Objects.requireNonNull(RawDocument.of(changed));
    collection.replace(
        id,
        changed,
        CollectionIndexes.changedEntries(
            touched, index -> index.entryOf(document), index -> index.entryOf(after)));
    return true;
  }

  /**
   * Adds a document.
   *
   * @return why it is refused; empty when it is stored
   */
  List<Document> insert(RawDocument document) {
    synchronized (collection) {
      Object id = Missing.ofNullable(document.value(ID));
      if (documents.bytes(id) != null || !takesWrites()) {
        return collection.insertDocuments(List.of(document.decode()), true);
      }
      documents.add(id, Arrays.copyOfRange(document.bytes(), document.start(), document.end()));
      collection.indexes().ordered().forEach(index -> index.put(index.entryOf(document)));
      return List.of();
    }
  }
}
