package io.mrq.mongo.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateManyModel;
import io.mrq.job.Claim;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobChanges;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.job.JobUpdates;
import io.mrq.mongo.job.QueuePlaces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Puts jobs of a living worker back into their queues: those whose run it interrupted, those that
 * it does not know of, and those for which it has no slot. One write, and one read of what is
 * queued now; a repeated call answers the same.
 */
final class RunReturns {
  private final MongoCollection<RawBsonDocument> jobs;
  private final JobChanges changes;

  RunReturns(MongoCollection<RawBsonDocument> jobs, JobChanges changes) {
    this.jobs = jobs;
    this.changes = changes;
  }

  List<ReadyJob> resume(Collection<Run> runs, Instant now) {
    if (runs.isEmpty()) {
      return List.of();
    }
    Document claims =
        new Document("$in", runs.stream().map(run -> JobFilters.id(run.claim().token())).toList());
    Document interrupted =
        JobFilters.ids(ids(runs))
            .append(JobFields.STATUS, JobFilters.leaving(JobTransition.RESUME))
            .append(JobFields.CLAIM, claims);
    MongoErrors.run(
        "resuming %d jobs".formatted(runs.size()),
        () -> changes.apply(interrupted, List.of(JobUpdates.of(JobTransition.RESUME, now)), now));
    return queued(JobFilters.ids(ids(runs)).append(JobFields.CLAIM, claims), runs.size());
  }

  List<ReadyJob> returnUnknown(Collection<Run> runs, Instant now) {
    return backFromRun(runs, JobUpdates.of(JobTransition.RETURN_UNKNOWN, now), now);
  }

  List<ReadyJob> giveBack(Collection<Run> runs, Instant now) {
    return backFromRun(runs, JobUpdates.givenBack(now), now);
  }

  void park(Claim claim, Map<JobId, String> paths, Instant now) {
    Map<String, List<JobId>> byPath = new LinkedHashMap<>();
    paths.forEach((id, path) -> byPath.computeIfAbsent(path, _ -> new ArrayList<>()).add(id));
    if (byPath.isEmpty()) {
      return;
    }
    List<UpdateManyModel<RawBsonDocument>> writes = new ArrayList<>();
    byPath.forEach((path, ids) ->
        writes.add(
            new UpdateManyModel<>(
                started(ids, claim), JobUpdates.parked(path, now), ById.update())));
    MongoErrors.run(
        "parking %d jobs".formatted(paths.size()),
        () -> {
          try {
            jobs.bulkWrite(writes, new BulkWriteOptions().ordered(false));
          } catch (MongoBulkWriteException e) {
            if (!MongoErrors.isRefusal(e)) {
              throw e;
            }
            byPath.forEach((path, ids) ->
                changes.apply(started(ids, claim), List.of(JobUpdates.parked(path, now)), now));
          }
        });
  }

  private List<ReadyJob> backFromRun(Collection<Run> runs, Document update, Instant now) {
    if (runs.isEmpty()) {
      return List.of();
    }
    Map<Claim, List<JobId>> byClaim = new LinkedHashMap<>();
    runs.forEach(
        run -> byClaim.computeIfAbsent(run.claim(), _ -> new ArrayList<>()).add(run.job()));
    MongoErrors.run(
        "putting %d started jobs back into their queues".formatted(runs.size()),
        () -> backFromRun(byClaim, update, now));
    return queued(JobFilters.ids(ids(runs)), runs.size());
  }

  /** One command for all; when a document does not allow the change, one for each claim. */
  private void backFromRun(Map<Claim, List<JobId>> byClaim, Document update, Instant now) {
    List<UpdateManyModel<RawBsonDocument>> writes = new ArrayList<>();
    byClaim.forEach((claim, ids) ->
        writes.add(new UpdateManyModel<>(started(ids, claim), update, ById.update())));
    try {
      jobs.bulkWrite(writes, new BulkWriteOptions().ordered(false));
    } catch (MongoBulkWriteException e) {
      if (!MongoErrors.isRefusal(e)) {
        throw e;
      }
      byClaim.forEach((claim, ids) -> changes.apply(started(ids, claim), List.of(update), now));
    }
  }

  private static Document started(List<JobId> ids, Claim claim) {
    return JobFilters.fence(JobFilters.anyId(ids), claim, JobStatus.STARTED.text());
  }

  private static List<JobId> ids(Collection<Run> runs) {
    return runs.stream().map(Run::job).toList();
  }

  private List<ReadyJob> queued(Document filter, int count) {
    List<ReadyJob> found = new ArrayList<>();
    MongoErrors.run(
        "reading what is queued again",
        () ->
            ById.find(jobs, filter.append(JobFields.STATUS, JobStatus.QUEUED.text()), count)
                .projection(QueuePlaces.FIELDS)
                .forEach(document -> QueuePlaces.of(document).ifPresent(found::add)));
    return found;
  }
}
