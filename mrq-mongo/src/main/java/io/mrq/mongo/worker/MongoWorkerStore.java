package io.mrq.mongo.worker;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import io.mrq.job.WorkerId;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.collection.LimitedDelete;
import io.mrq.mongo.collection.RepeatableInsert;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobFilters;
import io.mrq.worker.WorkerStore;
import io.mrq.worker.WorkerSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Worker documents on MongoDB. Beside the fields that Python writes they have {@code beat}, {@code
 * lost} and {@code drain}. Each call is one round trip; {@code deleteUnreported} may be two, and a
 * {@code beat} is two when it meets no living document. {@code beat} and {@code beats} fail as
 * unavailable after one second, since a later answer is worth nothing.
 */
public final class MongoWorkerStore implements WorkerStore {
  private static final String ID = "_id";
  private static final String BEAT = "beat";
  private static final String LOST = "lost";
  private static final String DRAIN = "drain";
  private static final String DATELOST = "datelost";
  private static final String STATUS = "status";
  private static final String STOPPED = "stop";
  private static final String DATESTARTED = "datestarted";
  private static final String DATEREPORTED = "datereported";

  /** Leaves out what is large; the ids of the running jobs stay, and are counted. */
  private static final Document SUMMARY =
      new Document("process", 0)
          .append("jobs.stack", 0)
          .append("jobs.path", 0)
          .append("jobs.datestarted", 0);

  /** More than most systems have, so that their beats come in one batch. */
  private static final int MANY = 1000;

  private static final Document EXISTS = new Document("$exists", true);
  private static final Document ABSENT = new Document("$exists", false);
  private static final Document REPORTED_NOW =
      new Document("$currentDate", new Document(DATEREPORTED, true));

  private final MongoCollection<RawBsonDocument> workers;
  private final MongoCollection<RawBsonDocument> beats;
  private final MongoCollection<RawBsonDocument> reports;

  public MongoWorkerStore(StoreCollections collections) {
    this.workers = collections.workers();
    this.beats = collections.beats();
    this.reports = workers.withWriteConcern(WriteConcern.W1);
  }

  @Override
  public void register(WorkerId worker, Map<String, @Nullable Object> document) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put(ID, JobFilters.id(worker));
    all.putAll(document);
    all.put(BEAT, 0L);
    RawBsonDocument encoded = PlainBson.encode(all);
    MongoErrors.answer("registering a worker", () -> RepeatableInsert.one(workers, encoded));
  }

  @Override
  public BeatReply beat(WorkerId worker) {
    Document update = new Document("$inc", new Document(BEAT, 1L));
    update.putAll(REPORTED_NOW);
    FindOneAndUpdateOptions options =
        new FindOneAndUpdateOptions()
            .returnDocument(ReturnDocument.AFTER)
            .projection(new Document(DRAIN, 1));
    return MongoErrors.answer(
        "sending a heartbeat",
        () -> {
          RawBsonDocument living = beats.findOneAndUpdate(living(worker), update, options);
          return living == null ? whyNot(worker) : new BeatReply.Alive(isTrue(living, DRAIN));
        });
  }

  /** Why no living document matched. One that was inserted just now counts as absent. */
  private BeatReply whyNot(WorkerId worker) {
    RawBsonDocument document =
        beats
            .find(new Document(ID, JobFilters.id(worker)))
            .projection(new Document(LOST, 1))
            .first();
    return document != null && document.containsKey(LOST)
        ? new BeatReply.Lost()
        : new BeatReply.Absent();
  }

  @Override
  public void report(WorkerId worker, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> update = new LinkedHashMap<>();
    if (!fields.isEmpty()) {
      update.put("$set", fields);
    }
    if (!fields.containsKey(DATEREPORTED)) {
      update.putAll(REPORTED_NOW);
    }
    RawBsonDocument encoded = PlainBson.encode(update);
    MongoErrors.run("reporting a worker", () -> reports.updateOne(living(worker), encoded));
  }

  @Override
  public boolean drain(WorkerId worker) {
    return updateBeating(worker, new Document("$set", new Document(DRAIN, true)));
  }

  @Override
  public boolean undrain(WorkerId worker) {
    return updateBeating(worker, new Document("$unset", new Document(DRAIN, "")));
  }

  private boolean updateBeating(WorkerId worker, Document update) {
    Document beating = living(worker).append(BEAT, EXISTS);
    return MongoErrors.answer(
        "asking a worker to drain, or to go on",
        () -> workers.updateOne(beating, update).getMatchedCount() == 1);
  }

  @Override
  public List<Beat> beats() {
    // With $gte instead of $exists the index answers alone.
    Document beating =
        new Document(BEAT, new Document("$gte", 0L)).append(LOST, new Document("$ne", true));
    List<Beat> found = new ArrayList<>();
    MongoErrors.run(
        "reading beats",
        () ->
            beats
                .find(beating)
                .projection(new Document(BEAT, 1))
                .batchSize(MANY)
                .forEach(document -> beat(document).ifPresent(found::add)));
    return found;
  }

  private static Optional<Beat> beat(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String id = fields.id(ID);
    Long beat = fields.whole(BEAT);
    return id == null || beat == null
        ? Optional.empty()
        : Optional.of(new Beat(new WorkerId(id), beat));
  }

  @Override
  public Map<WorkerId, Presence> presence(Collection<WorkerId> asked) {
    if (asked.isEmpty()) {
      return Map.of();
    }
    Document filter =
        new Document(ID, new Document("$in", asked.stream().map(JobFilters::id).toList()));
    Map<WorkerId, Presence> found = new HashMap<>();
    MongoErrors.run(
        "reading which workers are there",
        () ->
            ById.find(workers, filter, asked.size())
                .projection(
                    new Document(BEAT, 1)
                        .append(LOST, 1)
                        .append(STATUS, 1)
                        .append(DATELOST, 1)
                        .append(DATEREPORTED, 1))
                .forEach(document ->
                    found.put(
                        new WorkerId(document.getObjectId(ID).getValue().toHexString()),
                        presence(document))));
    return found;
  }

  private static Presence presence(RawBsonDocument document) {
    if (!document.containsKey(BEAT)) {
      boolean unreported =
          document.containsKey(DATELOST)
              && document.get(DATELOST).equals(document.get(DATEREPORTED));
      return document.containsKey(LOST) && unreported ? Presence.LOST : Presence.FOREIGN;
    }
    if (document.containsKey(LOST)) {
      return Presence.LOST;
    }
    return document.isString(STATUS) && document.getString(STATUS).getValue().equals(STOPPED)
        ? Presence.LOST
        : Presence.BEATING;
  }

  @Override
  public boolean markLost(WorkerId worker, long beat) {
    Document update =
        new Document(
            "$set",
            new Document(LOST, true)
                .append(STATUS, STOPPED)
                .append("jobs", List.of())
                .append("usage_avg", 0.0));
    return MongoErrors.answer(
        "marking a worker lost",
        () -> workers.updateOne(living(worker).append(BEAT, beat), update).getMatchedCount() == 1);
  }

  @Override
  public boolean markAbsentLost(WorkerId worker, Instant now) {
    Map<String, @Nullable Object> document = AbsentWorker.document(now);
    document.put(ID, JobFilters.id(worker));
    document.put(LOST, true);
    document.put(STATUS, STOPPED);
    RawBsonDocument encoded = PlainBson.encode(document);
    return MongoErrors.answer(
        "marking a worker lost", () -> RepeatableInsert.one(workers, encoded));
  }

  @Override
  public List<Map<String, @Nullable Object>> documents(int limit) {
    return read(limit, null);
  }

  @Override
  public List<WorkerSummary> summaries(int limit) {
    return read(limit, SUMMARY).stream().map(WorkerSummary::of).flatMap(Optional::stream).toList();
  }

  private List<Map<String, @Nullable Object>> read(int limit, @Nullable Document projection) {
    if (limit <= 0) {
      return List.of();
    }
    List<Map<String, @Nullable Object>> found = new ArrayList<>();
    MongoErrors.run(
        "listing workers",
        () ->
            workers
                .find()
                .sort(new Document(DATESTARTED, -1).append(ID, -1))
                .projection(projection)
                .limit(limit)
                .batchSize(limit)
                .forEach(document -> found.add(withId(PlainBson.decode(document)))));
    return found;
  }

  private static Map<String, @Nullable Object> withId(Map<String, @Nullable Object> document) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("id", String.valueOf(document.remove(ID)));
    shown.putAll(document);
    return shown;
  }

  @Override
  public long deleteUnreported(Instant before, int limit) {
    Document unreported = new Document(DATEREPORTED, new Document("$lt", before));
    return MongoErrors.answer(
        "deleting worker documents", () -> LimitedDelete.of(workers, unreported, limit));
  }

  private static Document living(WorkerId worker) {
    return new Document(ID, JobFilters.id(worker)).append(LOST, ABSENT);
  }

  private static boolean isTrue(RawBsonDocument document, String field) {
    return document.isBoolean(field) && document.getBoolean(field).getValue();
  }
}
