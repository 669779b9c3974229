package io.mrq.mongo.queue;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.QueuePause;
import io.mrq.queue.QueuePauses;
import io.mrq.queue.QueueStates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Paused queues on MongoDB: {@code {_id: queue, paused: true, paused_by, paused_why, datepaused}},
 * in a collection that other settings of a queue share. Each call is one round trip.
 */
public final class MongoQueuePauses implements QueuePauses {
  private static final String ID = "_id";
  private static final String PAUSED = "paused";
  private static final String WHO = "paused_by";
  private static final String WHY = "paused_why";
  private static final String DATE = "datepaused";

  private final MongoCollection<RawBsonDocument> queues;

  public MongoQueuePauses(StoreCollections collections) {
    this.queues = collections.queues();
  }

  @Override
  public Set<String> paused() {
    Set<String> names = new HashSet<>();
    MongoErrors.run(
        "reading which queues are paused",
        () ->
            queues
                .find(new Document(PAUSED, true))
                .projection(new Document(ID, 1))
                .forEach(document -> {
                  if (document.isString(ID)) {
                    names.add(document.getString(ID).getValue());
                  }
                }));
    return names;
  }

  @Override
  public QueueStates states() {
    Set<String> names = new HashSet<>();
    List<ParkedTask> parked = new ArrayList<>();
    MongoErrors.run(
        "reading which queues are paused",
        () ->
            queues
                .find()
                .projection(new Document(ID, 1).append(PAUSED, 1).append(ParkedNotes.PARKED, 1))
                .forEach(document -> {
                  FieldReader fields = new FieldReader(PlainBson.decode(document));
                  String queue = fields.text(ID);
                  if (queue != null) {
                    if (Boolean.TRUE.equals(fields.value(PAUSED))) {
                      names.add(queue);
                    }
                    parked.addAll(ParkedNotes.of(queue, fields));
                  }
                }));
    return new QueueStates(names, parked);
  }

  @Override
  public List<QueuePause> pauses() {
    List<QueuePause> found = new ArrayList<>();
    MongoErrors.run(
        "reading which queues are paused",
        () ->
            queues
                .find(new Document(PAUSED, true))
                .sort(new Document(ID, 1))
                .forEach(document -> pause(document).ifPresent(found::add)));
    return found;
  }

  /** The pause of a document; one that another program wrote may have fewer fields. */
  private static Optional<QueuePause> pause(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String queue = fields.text(ID);
    Instant at = fields.date(DATE);
    return queue == null
        ? Optional.empty()
        : Optional.of(
            new QueuePause(
                queue,
                Objects.requireNonNullElse(fields.text(WHO), ""),
                Objects.requireNonNullElse(fields.text(WHY), ""),
                at == null ? Instant.EPOCH : at));
  }

  @Override
  public void pause(String queue, String who, String why, Instant now) {
    Document notPaused = new Document(ID, queue).append(PAUSED, new Document("$ne", true));
    Document pause = new Document(PAUSED, true).append(WHO, who).append(WHY, why).append(DATE, now);
    MongoErrors.run("pausing a queue", () -> upsert(notPaused, pause));
  }

  private void upsert(Document filter, Document fields) {
    try {
      queues.updateOne(filter, new Document("$set", fields), new UpdateOptions().upsert(true));
    } catch (MongoWriteException e) {
      if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
        throw e;
      }
      // The queue is paused already, so the filter did not match: the first pause stays.
    }
  }

  @Override
  public boolean resume(String queue) {
    Document pause = new Document(PAUSED, "").append(WHO, "").append(WHY, "").append(DATE, "");
    return MongoErrors.answer(
        "resuming a queue",
        () ->
            queues
                    .updateOne(
                        new Document(ID, queue).append(PAUSED, true), new Document("$unset", pause))
                    .getMatchedCount()
                == 1);
  }
}
