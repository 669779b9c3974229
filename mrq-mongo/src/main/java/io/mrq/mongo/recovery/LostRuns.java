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
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.EncodedCompletion;
import io.mrq.mongo.job.JobChanges;
import io.mrq.mongo.job.JobDocuments;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.job.JobUpdates;
import io.mrq.recovery.RecoveryStore.Crash;
import io.mrq.recovery.RecoveryStore.Rescue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Takes the jobs of a lost worker from it: those that have crashed too many workers fail, the
 * others go back into their queues. No retry is used up.
 */
final class LostRuns {
  private static final String EXCEPTION = "WorkerLost";

  /** More than any worker runs at once. */
  private static final int MAX_RUNS = 10_000;

  private static final int BATCH = 1000;

  private static final Document CRASHED =
      new Document(JobDocuments.READY).append(JobFields.PATH, 1);

  private final MongoCollection<RawBsonDocument> jobs;
  private final JobChanges changes;

  LostRuns(MongoCollection<RawBsonDocument> jobs, JobChanges changes) {
    this.jobs = jobs;
    this.changes = changes;
  }

  Rescue rescue(WorkerId worker, int crashLimit, Instant now) {
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
                JobDocuments.ready(document).ifPresent(requeued::add);
                crashes.add(crash(document, false));
              });
          if (anyFailed) {
            read(worker, JobTransition.CRASH_LIMIT, d -> crashes.add(crash(d, true)));
          }
        });
    return new Rescue(requeued, crashes);
  }

  private boolean fail(WorkerId worker, int crashLimit, Instant now) {
    JobTransition move = JobTransition.CRASH_LIMIT;
    Document pills = runsOf(worker, move);
    if (crashLimit > 1) {
      pills.append(JobFields.CRASHES, new Document("$gte", crashLimit - 1));
    }
    Failure failure =
        Failure.of(
            EXCEPTION,
            "The worker %s was lost while it ran this job. At least %d workers were lost with it, which is the limit."
                .formatted(worker, crashLimit));
    Document update = JobUpdates.moved(move, now);
    JobUpdates.set(update, JobFields.EXCEPTIONTYPE, failure.exceptiontype());
    // One update for jobs of many tasks: a fingerprint without an exception does not name its task.
    JobUpdates.set(update, JobFields.FINGERPRINT, Fingerprint.of("", failure));
    JobUpdates.set(update, JobFields.TRACEBACK, failure.traceback());
    // How long the task keeps its documents is known to workers only; here the default must do.
    JobUpdates.set(
        update,
        JobFields.DATEEXPIRES,
        Objects.requireNonNull(Retention.DEFAULT.expiry(move.to(), now, null)));
    AttemptRecord crash = new AttemptRecord(now, move.to().text(), failure, worker);
    return changes.apply(pills, counting(crash, update), now).any();
  }

  private void requeue(WorkerId worker, Instant now) {
    Failure failure =
        Failure.of(EXCEPTION, "The worker %s was lost while it ran this job.".formatted(worker));
    Document update = JobUpdates.moved(JobTransition.RESCUE, now);
    AttemptRecord crash = new AttemptRecord(now, JobStatus.INTERRUPT.text(), failure, worker);
    changes.apply(runsOf(worker, JobTransition.RESCUE), counting(crash, update), now);
  }

  /**
   * What has this status after a run of this worker that something else ended: the worker's name
   * stays, its claim is gone. So a repeated rescue still answers with the jobs of the first one.
   */
  private void read(WorkerId worker, JobTransition move, Consumer<RawBsonDocument> each) {
    Document filter =
        new Document(JobFields.STATUS, move.to().text())
            .append(JobFields.WORKER, JobFilters.id(worker))
            .append(JobFields.CLAIM, new Document("$exists", false));
    jobs.find(filter).projection(CRASHED).limit(MAX_RUNS).batchSize(BATCH).forEach(each);
  }

  private static Crash crash(RawBsonDocument document, boolean failed) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    return new Crash(
        Objects.requireNonNullElse(fields.text(JobFields.QUEUE), ""),
        Objects.requireNonNullElse(fields.text(JobFields.PATH), ""),
        failed);
  }

  private static Document runsOf(WorkerId worker, JobTransition move) {
    return new Document(JobFields.STATUS, JobFilters.leaving(move))
        .append(JobFields.WORKER, JobFilters.id(worker));
  }

  /**
   * The update with one more crash in it; for documents whose count is no number, or whose history
   * is no list, one that begins both anew; and the update without.
   */
  private static List<Document> counting(AttemptRecord attempt, Document update) {
    Document anew = new Document(update);
    anew.append(
        "$set",
        new Document(update.get("$set", Document.class))
            .append(JobFields.CRASHES, 1)
            .append(JobFields.TRACEBACK_HISTORY, List.of(EncodedCompletion.entry(attempt))));
    Document counted =
        new Document(update)
            .append("$inc", new Document(JobFields.CRASHES, 1))
            .append("$push", EncodedCompletion.push(attempt));
    return List.of(counted, anew, update);
  }
}
