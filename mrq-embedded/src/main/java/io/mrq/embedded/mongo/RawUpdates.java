package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.mrq.embedded.mongo.index.OrderedIndex;
import io.mrq.embedded.mongo.index.TimeLimit;
import io.mrq.embedded.mongo.raw.Bson;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.mrq.embedded.mongo.raw.RawFilter;
import io.mrq.embedded.mongo.raw.RawStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Updates documents that are named by {@code _id}, on their bytes. A document that is out of the
 * ordinary is updated by the library.
 */
final class RawUpdates {

  private final StoreCollection collection;
  private final UpdateCalculation updates;
  private final RawStatement statement;
  private final @Nullable List<OrderedIndex> touched;
  private int matched;
  private int modified;

  private RawUpdates(
      StoreCollection collection,
      UpdateCalculation updates,
      RawStatement statement,
      @Nullable List<OrderedIndex> touched) {
    this.collection = collection;
    this.updates = updates;
    this.statement = statement;
    this.touched = touched;
  }

  /**
   * Carries out one update. The caller holds the lock of the collection.
   *
   * @param touched the indexes whose entries may change; null when the collection takes no writes
   *     on bytes
   * @return how many documents matched, and how many were changed
   */
  static UpdateCount run(
      StoreCollection collection,
      UpdateCalculation updates,
      RawStatement statement,
      @Nullable List<OrderedIndex> touched) {
    RawUpdates run = new RawUpdates(collection, updates, statement, touched);
    for (ObjectId id : statement.filter().ids()) {
      TimeLimit.check();
      byte[] bytes = collection.raw().bytes(id);
      if (bytes != null) {
        run.update(id, bytes);
      }
      if (run.matched > 0 && !statement.multi()) {
        break;
      }
    }
    return new UpdateCount(run.matched, run.modified);
  }

  private void update(ObjectId id, byte[] bytes) {
    RawDocument document = touched == null ? null : RawDocument.of(bytes);
    RawFilter.Verdict verdict =
        document == null ? RawFilter.Verdict.OPEN : statement.filter().matches(document);
    switch (verdict) {
      case NO -> {}
      case OPEN -> updateDecoded(bytes);
      case YES -> {
        byte[] changed = document == null ? null : statement.update().applyTo(document);
        if (document == null || changed == null || touched == null) {
          updateDecoded(bytes);
        } else {
          count(collection.raw().store(id, document, changed, touched));
        }
      }
    }
  }

  private void updateDecoded(byte[] bytes) {
    Document document = Bson.decode(bytes);
    Document rest = statement.rest();
    if (collection.documentMatchesQuery(document, rest)) {
      Document update = statement.changes().decode();
      Document changed = updates.changed(document, rest, update, ArrayFilters.empty());
      count(collection.store(document, changed));
    }
  }

  private void count(boolean changed) {
    matched++;
    modified += changed ? 1 : 0;
  }

  /** What an update did. */
  record UpdateCount(int matched, int modified) {}
}
