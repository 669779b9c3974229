package io.mrq.mongo.recovery;

import com.mongodb.client.MongoCollection;
import io.mrq.job.AttemptRecord;
import io.mrq.job.Failure;
import io.mrq.job.Fingerprint;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.AttemptDocuments;
import io.mrq.mongo.job.JobChanges;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.job.JobUpdates;
import io.mrq.mongo.job.QueuePlaces;
import io.mrq.recovery.RecoveryStore.Crash;
import io.mrq.recovery.RecoveryStore.Rescue;
import io.mrq.task.TaskCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;

/**
 * Takes the started jobs of a lost worker away from it. A job with which too many workers were lost
 * fails; the others go back into their queues. No retry is used up.
 */
final class LostRuns {
  private static final String EXCEPTION = "WorkerLost";

  /** More than any worker runs at once. */
  private static final int MAX_RUNS = 10_000;

  private static final int BATCH_SIZE = 1000;

  private static final Document CRASHED =
      new Document(QueuePlaces.FIELDS).append(JobFields.PATH, 1).append(JobFields.TTL, 1);

  private final MongoCollection<RawBsonDocument> jobs;
  private final JobChanges changes;

  LostRuns(MongoCollection<RawBsonDocument> jobs, JobChanges changes) {
    this.jobs = jobs;
    this.changes = changes;
  }

  Rescue rescue(WorkerId worker, int crashLimit, TaskCatalog tasks, Instant now) {
    boolean anyFailed =
        crashLimit > 0
            && MongoErrors.answer(
                "failing the jobs that crash workers", () -> fail(worker, crashLimit, now));
    MongoErrors.run("requeueing the jobs of a lost worker", () -> requeue(worker, now));
    List<ReadyJob> requeued = new ArrayList<>();
    List<Crash> crashes = new ArrayList<>();
    MongoErrors.run(
        "reading the jobs of a lost worker",
        () -> {
          read(
              worker,
              JobTransition.RESCUE,
              document -> {
                QueuePlaces.of(document).ifPresent(requeued::add);
                crashes.add(crash(document, false));
              });
          if (anyFailed) {
            Map<Instant, List<ObjectId>> expiries = new HashMap<>();
            read(
                worker,
                JobTransition.CRASH_LIMIT,
                document -> {
                  crashes.add(crash(document, true));
                  keep(document, tasks, now, expiries);
                });
            expiries.forEach(this::expire);
          }
        });
    return new Rescue(requeued, crashes);
  }

  private boolean fail(WorkerId worker, int crashLimit, Instant now) {
    JobTransition transition = JobTransition.CRASH_LIMIT;
    Document atLimit = runsOf(worker, transition);
    if (crashLimit > 1) {
      atLimit.append(JobFields.CRASHES, new Document("$gte", crashLimit - 1));
    }
    Failure failure =
        Failure.of(
            EXCEPTION,
            "The worker %s was lost while it ran this job. At least %d workers were lost with it, which is the limit."
                .formatted(worker, crashLimit));
    Document update = JobUpdates.of(transition, now);
    JobUpdates.set(update, JobFields.EXCEPTIONTYPE, failure.exceptiontype());
    // One update for jobs of many tasks, so the fingerprint cannot name the task.
    JobUpdates.set(update, JobFields.FINGERPRINT, Fingerprint.of("", failure));
    JobUpdates.set(update, JobFields.TRACEBACK, failure.traceback());
    // One update for jobs of many tasks: what their settings say is written after it.
    JobUpdates.set(
        update,
        JobFields.DATEEXPIRES,
        Objects.requireNonNull(Retention.DEFAULT.expiry(transition.to(), now, null)));
    AttemptRecord crash = new AttemptRecord(now, transition.to().text(), failure, worker);
    return changes.apply(atLimit, counting(crash, update), now).any();
  }

  /** Notes until when a failed job is kept, if that is not the default. */
  private static void keep(
      RawBsonDocument document,
      TaskCatalog tasks,
      Instant now,
      Map<Instant, List<ObjectId>> expiries) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    JobStatus failed = JobTransition.CRASH_LIMIT.to();
    String path = Objects.requireNonNullElse(fields.text(JobFields.PATH), "");
    Duration own = fields.seconds(JobFields.TTL);
    Duration ttl = own == null || own.isZero() ? null : own;
    Instant expiry =
        Objects.requireNonNull(tasks.settings(path).retention().expiry(failed, now, ttl));
    if (document.isObjectId(JobFields.ID)
        && !expiry.equals(Retention.DEFAULT.expiry(failed, now, null))) {
      expiries
          .computeIfAbsent(expiry, _ -> new ArrayList<>())
          .add(document.getObjectId(JobFields.ID).getValue());
    }
  }

  private void expire(Instant expiry, List<ObjectId> ids) {
    jobs.updateMany(
        new Document(JobFields.ID, new Document("$in", ids))
            .append(JobFields.STATUS, JobTransition.CRASH_LIMIT.to().text()),
        new Document("$set", new Document(JobFields.DATEEXPIRES, expiry)),
        ById.update());
  }

  private void requeue(WorkerId worker, Instant now) {
    Failure failure =
        Failure.of(EXCEPTION, "The worker %s was lost while it ran this job.".formatted(worker));
    Document update = JobUpdates.of(JobTransition.RESCUE, now);
    AttemptRecord crash = new AttemptRecord(now, JobStatus.INTERRUPT.text(), failure, worker);
    changes.apply(runsOf(worker, JobTransition.RESCUE), counting(crash, update), now);
  }

  /**
   * Reads the jobs that a rescue of this worker has changed: they still name the worker, but carry
   * no claim. So a repeated rescue answers with the jobs of the first one as well.
   */
  private void read(WorkerId worker, JobTransition transition, Consumer<RawBsonDocument> each) {
    Document filter =
        new Document(JobFields.STATUS, transition.to().text())
            .append(JobFields.WORKER, JobFilters.id(worker))
            .append(JobFields.CLAIM, new Document("$exists", false));
    jobs.find(filter).projection(CRASHED).limit(MAX_RUNS).batchSize(BATCH_SIZE).forEach(each);
  }

  private static Crash crash(RawBsonDocument document, boolean failed) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    return new Crash(
        Objects.requireNonNullElse(fields.text(JobFields.QUEUE), ""),
        Objects.requireNonNullElse(fields.text(JobFields.PATH), ""),
        failed);
  }

  private static Document runsOf(WorkerId worker, JobTransition transition) {
    return new Document(JobFields.STATUS, JobFilters.leaving(transition))
        .append(JobFields.WORKER, JobFilters.id(worker));
  }

  /**
   * Three forms of an update, each for the documents that do not allow the one before: it counts
   * one more crash; it starts the count and the history anew, where one is no number or the other
   * no list; it leaves both as they are.
   */
  private static List<Document> counting(AttemptRecord attempt, Document update) {
    Document anew = new Document(update);
    anew.append(
        "$set",
        new Document(update.get("$set", Document.class))
            .append(JobFields.CRASHES, 1)
            .append(JobFields.TRACEBACK_HISTORY, List.of(AttemptDocuments.entry(attempt))));
    Document counted =
        new Document(update)
            .append("$inc", new Document(JobFields.CRASHES, 1))
            .append("$push", AttemptDocuments.push(attempt));
    return List.of(counted, anew, update);
  }
}
