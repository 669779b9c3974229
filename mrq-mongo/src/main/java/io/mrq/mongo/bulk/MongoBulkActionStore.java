package io.mrq.mongo.bulk;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import io.mrq.bulk.BulkAction;
import io.mrq.bulk.BulkAction.Status;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkActionStore;
import io.mrq.bulk.BulkProgress;
import io.mrq.job.ClaimToken;
import io.mrq.mongo.collection.LimitedDelete;
import io.mrq.mongo.collection.RepeatableInsert;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Bulk actions on MongoDB, see {@link BulkActionDocuments}. Each call is one round trip; {@code
 * stop} is up to three, {@code deleteEnded} may be two.
 */
public final class MongoBulkActionStore implements BulkActionStore {
  private static final List<String> OPEN = List.of(Status.WAITING.text(), Status.RUNNING.text());
  private static final FindOneAndUpdateOptions AFTER =
      new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

  private final MongoCollection<RawBsonDocument> actions;

  public MongoBulkActionStore(StoreCollections collections) {
    this.actions = collections.actions();
  }

  @Override
  public void create(BulkAction action) {
    RawBsonDocument document = PlainBson.encode(BulkActionDocuments.of(action));
    MongoErrors.answer("storing a bulk action", () -> RepeatableInsert.one(actions, document));
  }

  @Override
  public Optional<BulkAction> find(BulkActionId id) {
    return MongoErrors.answer(
        "reading a bulk action",
        () ->
            Optional.ofNullable(actions.find(byId(id)).first())
                .flatMap(BulkActionDocuments::held)
                .map(Held::action));
  }

  @Override
  public List<BulkAction> list(int limit) {
    return limit <= 0
        ? List.of()
        : MongoErrors.answer(
            "listing bulk actions",
            () ->
                held(actions.find().sort(new Document(BulkActionDocuments.ID, -1)).limit(limit))
                    .stream()
                    .map(Held::action)
                    .toList());
  }

  @Override
  public List<Held> open(int limit) {
    Document open = new Document(BulkActionDocuments.STATUS, new Document("$in", OPEN));
    return limit <= 0
        ? List.of()
        : MongoErrors.answer(
            "reading open bulk actions",
            () ->
                held(
                    actions.find(open).sort(new Document(BulkActionDocuments.ID, 1)).limit(limit)));
  }

  private static List<Held> held(FindIterable<RawBsonDocument> documents) {
    List<Held> found = new ArrayList<>();
    documents.forEach(document -> BulkActionDocuments.held(document).ifPresent(found::add));
    return found;
  }

  @Override
  public Optional<Held> take(Held seen, ClaimToken runner, Instant now) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(BulkActionDocuments.STATUS, Status.RUNNING.text());
    fields.put(BulkActionDocuments.RUNNER, new ObjectId(runner.hex()));
    if (seen.action().started() == null) {
      fields.put(BulkActionDocuments.STARTED, now);
    }
    return update("taking a bulk action", unchanged(seen), fields);
  }

  @Override
  public Optional<Held> advance(Held mine, BulkProgress progress) {
    return update(
        "storing the progress of a bulk action",
        unchanged(mine),
        BulkActionDocuments.progress(progress));
  }

  @Override
  public boolean finish(
      Held mine, BulkProgress progress, Status status, @Nullable String error, Instant now) {
    if (status.isOpen()) {
      throw new IllegalArgumentException("a bulk action cannot end as " + status);
    }
    Map<String, @Nullable Object> fields = BulkActionDocuments.progress(progress);
    fields.put(BulkActionDocuments.STATUS, status.text());
    fields.put(BulkActionDocuments.ENDED, now);
    if (error != null) {
      fields.put(BulkActionDocuments.ERROR, error);
    }
    return update("ending a bulk action", unchanged(mine), fields).isPresent();
  }

  private Optional<Held> update(
      String doing, Document filter, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> update = new LinkedHashMap<>();
    update.put("$set", fields);
    update.put("$inc", Map.of(BulkActionDocuments.BEAT, 1L));
    RawBsonDocument encoded = PlainBson.encode(update);
    return MongoErrors.answer(
        doing,
        () ->
            Optional.ofNullable(actions.findOneAndUpdate(filter, encoded, AFTER))
                .flatMap(BulkActionDocuments::held));
  }

  /** The action as it was read: open, held by the same runner, not written since. */
  private static Document unchanged(Held seen) {
    ClaimToken runner = seen.runner();
    return byId(seen.action().id())
        .append(BulkActionDocuments.STATUS, seen.action().status().text())
        .append(
            BulkActionDocuments.RUNNER,
            runner == null ? new Document("$exists", false) : new ObjectId(runner.hex()))
        .append(BulkActionDocuments.BEAT, seen.beat());
  }

  @Override
  public Optional<BulkAction> stop(BulkActionId id, Instant now) {
    Document waiting = byId(id).append(BulkActionDocuments.STATUS, Status.WAITING.text());
    Document stopped =
        new Document(BulkActionDocuments.STATUS, Status.STOPPED.text())
            .append(BulkActionDocuments.ENDED, now);
    Document running = byId(id).append(BulkActionDocuments.STATUS, Status.RUNNING.text());
    Document stopping = new Document(BulkActionDocuments.STOPPING, true);
    return MongoErrors.answer(
        "stopping a bulk action",
        () -> {
          if (actions.updateOne(waiting, new Document("$set", stopped)).getMatchedCount() == 0) {
            actions.updateOne(running, new Document("$set", stopping));
          }
          return find(id);
        });
  }

  @Override
  public long deleteEnded(Instant before, int limit) {
    Document old = new Document(BulkActionDocuments.ENDED, new Document("$lt", before));
    return MongoErrors.answer(
        "deleting old bulk actions", () -> LimitedDelete.of(actions, old, limit));
  }

  private static Document byId(BulkActionId id) {
    return new Document(BulkActionDocuments.ID, new ObjectId(id.hex()));
  }
}
