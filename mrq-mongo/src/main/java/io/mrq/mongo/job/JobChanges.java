package io.mrq.mongo.job;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.WriteModel;
import io.mrq.job.JobStatus;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.error.MongoErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes many jobs with one write. MongoDB stops such a write at the first document that does not
 * allow it, for example an {@code $inc} of a text. Then each job is changed on its own. A job whose
 * document allows no change at all gets the status {@code failed}, so that people see it and no
 * later write meets it again: an odd document harms its own job only.
 */
public final class JobChanges {
  private static final Logger log = LoggerFactory.getLogger(JobChanges.class);

  /** More than any call changes at once. */
  private static final int MAX_JOBS = 10_000;

  private static final int MAX_LOGGED = 10;

  private final MongoCollection<RawBsonDocument> jobs;

  public JobChanges(MongoCollection<RawBsonDocument> jobs) {
    this.jobs = jobs;
  }

  /**
   * The result of a change.
   *
   * @param matched how many documents matched. When the jobs were changed one by one, those that
   *     the first write had changed before it stopped are not counted.
   * @param oneByOne whether some document did not allow the change
   */
  public record Changed(long matched, boolean oneByOne) {
    /** Whether any document may have been changed. */
    public boolean any() {
      return matched > 0 || oneByOne;
    }
  }

  /**
   * Changes all jobs that match. One round trip, and a few more when a document does not allow it.
   *
   * @param updates the change, followed by smaller ones, each for the documents that did not allow
   *     those before it
   */
  public Changed apply(Document filter, List<Document> updates, Instant now) {
    UpdateOptions options = filter.containsKey(JobFields.ID) ? ById.update() : new UpdateOptions();
    try {
      return new Changed(
          jobs.updateMany(filter, updates.getFirst(), options).getMatchedCount(), false);
    } catch (MongoWriteException e) {
      if (!MongoErrors.isRefusal(e)) {
        throw e;
      }
      return new Changed(oneByOne(filter, updates, now), true);
    }
  }

  /** Carries out each write that its document allows; the others are logged and left out. */
  public BulkWriteResult allowed(List<? extends WriteModel<RawBsonDocument>> writes) {
    try {
      return jobs.bulkWrite(writes, new BulkWriteOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      if (!MongoErrors.isRefusal(e)) {
        throw e;
      }
      log.warn(
          "{} jobs were left as they are, since MongoDB refused to change their documents: {}",
          e.getWriteErrors().size(),
          MongoErrors.reason(e.getWriteErrors().getFirst()));
      return e.getWriteResult();
    }
  }

  private long oneByOne(Document filter, List<Document> updates, Instant now) {
    Map<BsonValue, String> open = new LinkedHashMap<>();
    idsOf(filter).forEach(id -> open.put(id, ""));
    long matched = 0;
    for (Document update : updates) {
      matched += each(filter, open, _ -> update);
    }
    if (!open.isEmpty()) {
      log.warn(
          "{} jobs get the status failed, because MongoDB refused to change their documents. Repair each document, then requeue its job: {}",
          open.size(),
          told(open));
      each(filter, open, reason -> JobUpdates.invalid(reason, now));
      // A document that is too full for the reason can still take the status.
      each(filter, open, _ -> status(JobStatus.FAILED));
      if (!open.isEmpty()) {
        log.error(
            "{} jobs stay as they are, because MongoDB refused every change of their documents. Repair or delete these documents: {}",
            open.size(),
            told(open));
      }
    }
    return matched;
  }

  /** The first few ids, each with the reason. */
  private static String told(Map<BsonValue, String> refused) {
    return refused.entrySet().stream()
        .limit(MAX_LOGGED)
        .map(job -> text(job.getKey()) + " (" + job.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  private List<BsonValue> idsOf(Document filter) {
    List<BsonValue> ids = new ArrayList<>();
    jobs.find(filter)
        .hint(filter.containsKey(JobFields.ID) ? ById.INDEX : null)
        .projection(ById.INDEX)
        .limit(MAX_JOBS)
        .forEach(document -> ids.add(document.get(JobFields.ID)));
    return ids;
  }

  /**
   * Changes each job with a write of its own.
   *
   * @param open the jobs and the reasons why earlier changes of them were refused; keeps those
   *     whose change is refused now
   * @return how many documents matched
   */
  private long each(
      Document filter, Map<BsonValue, String> open, Function<String, Document> update) {
    if (open.isEmpty()) {
      return 0;
    }
    List<BsonValue> ids = List.copyOf(open.keySet());
    List<UpdateOneModel<RawBsonDocument>> writes = new ArrayList<>(ids.size());
    open.forEach((id, reason) ->
        writes.add(
            new UpdateOneModel<>(
                new Document(filter).append(JobFields.ID, id),
                update.apply(reason),
                ById.update())));
    open.clear();
    try {
      return jobs.bulkWrite(writes, new BulkWriteOptions().ordered(false)).getMatchedCount();
    } catch (MongoBulkWriteException e) {
      if (!MongoErrors.isRefusal(e)) {
        throw e;
      }
      for (BulkWriteError error : e.getWriteErrors()) {
        open.put(ids.get(error.getIndex()), MongoErrors.reason(error));
      }
      return e.getWriteResult().getMatchedCount();
    }
  }

  private static Document status(JobStatus status) {
    return new Document("$set", new Document(JobFields.STATUS, status.text()));
  }

  private static String text(BsonValue id) {
    return id.isObjectId() ? id.asObjectId().getValue().toHexString() : id.toString();
  }
}
