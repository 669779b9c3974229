package io.mrq.mongo.recovery;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.collection.LimitedDelete;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobChanges;
import io.mrq.mongo.job.JobDocuments;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.job.JobUpdates;
import io.mrq.mongo.stats.QueueCounting;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.QueueCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * The duties' view of the jobs on MongoDB. Every read has a limit and an index. Round trips of a
 * call, and a few more when the document of a job does not allow its move, see {@link JobChanges}:
 *
 * <ul>
 *   <li>{@code workersWithRuns}, {@code queuesWithJobs}, {@code stillQueued}: 1
 *   <li>{@code head}, {@code reorder}, {@code abandoned}: 1
 *   <li>{@code inOrder}: 1 from the head, else 2
 *   <li>{@code requeueDue}, {@code requeueInterrupted}, {@code adopt}, {@code keepUnfinished},
 *       {@code deleteExpired}: 1 when there is nothing to do, else 2
 *   <li>{@code rescue}: 3, and 1 more when a job reached the crash limit
 *   <li>{@code count}: 1, and 1 for each queue that holds queued jobs
 * </ul>
 */
public final class MongoRecoveryStore implements RecoveryStore {
  /** More than any worker runs at once. */
  private static final int MAX_RUNS = 10_000;

  private static final Document RUN =
      new Document(JobFields.WORKER, 1).append(JobFields.CLAIM, 1).append(JobFields.DATESTARTED, 1);

  private static final Document ORDER = new Document(JobFields.ORDER, 1).append(JobFields.ID, 1);

  private final MongoCollection<RawBsonDocument> jobs;
  private final QueueCounting counting;
  private final JobChanges changes;
  private final LostRuns lostRuns;

  public MongoRecoveryStore(StoreCollections collections) {
    this.jobs = collections.jobs();
    this.counting = new QueueCounting(jobs);
    this.changes = new JobChanges(jobs);
    this.lostRuns = new LostRuns(jobs, changes);
  }

  @Override
  public Set<WorkerId> workersWithRuns() {
    Document started = new Document(JobFields.STATUS, JobStatus.STARTED.text());
    Set<WorkerId> workers = new HashSet<>();
    for (BsonValue value : distinct(JobFields.WORKER, started)) {
      // A started document without a worker cannot be judged here.
      if (value.isObjectId()) {
        workers.add(new WorkerId(value.asObjectId().getValue().toHexString()));
      }
    }
    return workers;
  }

  @Override
  public Set<WorkerId> abandoned(Collection<WorkerId> workers, Instant startedBefore) {
    if (workers.isEmpty()) {
      return Set.of();
    }
    Document runs =
        new Document(JobFields.STATUS, JobStatus.STARTED.text())
            .append(
                JobFields.WORKER,
                new Document("$in", workers.stream().map(JobFilters::id).toList()));
    Set<WorkerId> found = new HashSet<>();
    MongoErrors.run(
        "reading the runs of workers without a document",
        () ->
            jobs.find(runs)
                .projection(RUN)
                .limit(MAX_RUNS)
                .forEach(document ->
                    JobDocuments.abandoned(document, startedBefore).ifPresent(found::add)));
    return found;
  }

  @Override
  public Rescue rescue(WorkerId worker, int crashLimit, Instant now) {
    return lostRuns.rescue(worker, crashLimit, now);
  }

  @Override
  public List<ReadyJob> requeueDue(Instant now, int limit) {
    Document due =
        new Document(JobFields.STATUS, JobFilters.leaving(JobTransition.DUE))
            .append(JobFields.DATERETRY, new Document("$lte", now));
    return requeue(due, JobTransition.DUE, now, limit);
  }

  @Override
  public List<ReadyJob> requeueInterrupted(Instant now, int limit) {
    Document interrupted = new Document(JobFields.STATUS, JobFilters.leaving(JobTransition.RESUME));
    return requeue(interrupted, JobTransition.RESUME, now, limit);
  }

  /**
   * The answer may name jobs that another moved meanwhile; an offer of those is dropped at the
   * claim.
   */
  private List<ReadyJob> requeue(Document filter, JobTransition move, Instant now, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    List<ReadyJob> found = ready(jobs.find(filter), limit);
    if (found.isEmpty()) {
      return found;
    }
    Document same = new Document(filter);
    same.append(JobFields.ID, JobFilters.anyId(found.stream().map(ReadyJob::id).toList()));
    MongoErrors.run(
        "requeueing %d jobs".formatted(found.size()),
        () -> changes.apply(same, List.of(JobUpdates.moved(move, now)), now));
    return found;
  }

  @Override
  public Set<String> queuesWithJobs() {
    Document queued = new Document(JobFields.STATUS, JobStatus.QUEUED.text());
    Set<String> queues = new LinkedHashSet<>();
    for (BsonValue value : distinct(JobFields.QUEUE, queued)) {
      if (value.isString()) {
        queues.add(value.asString().getValue());
      }
    }
    return queues;
  }

  @Override
  public int adopt(String queue, int limit) {
    if (limit <= 0) {
      return 0;
    }
    Document unordered = queued(queue).append(JobFields.ORDER, null);
    List<UpdateOneModel<RawBsonDocument>> writes =
        ready(jobs.find(unordered), limit).stream().map(this::adoption).toList();
    return writes.isEmpty()
        ? 0
        : MongoErrors.answer(
            "giving %d jobs an order".formatted(writes.size()),
            () -> changes.others(writes).getModifiedCount());
  }

  private UpdateOneModel<RawBsonDocument> adoption(ReadyJob job) {
    return new UpdateOneModel<>(
        new Document(JobFields.ID, JobFilters.id(job.id()))
            .append(JobFields.STATUS, JobStatus.QUEUED.text())
            .append(JobFields.ORDER, null),
        new Document("$set", new Document(JobFields.ORDER, (double) job.order())),
        ById.update());
  }

  @Override
  public QueueHead head(String queue, int limit) {
    List<ReadyJob> head = new ArrayList<>();
    List<ReadyJob> outOfPlace = new ArrayList<>();
    if (limit > 0) {
      MongoErrors.run(
          "reading the head of a queue",
          () ->
              jobs.find(queued(queue))
                  .sort(ORDER)
                  .limit(limit)
                  .batchSize(limit)
                  .projection(JobDocuments.READY)
                  .forEach(document -> {
                    JobDocuments.ready(document).ifPresent(head::add);
                    JobDocuments.outOfPlace(document).ifPresent(outOfPlace::add);
                  }));
    }
    return new QueueHead(head, outOfPlace);
  }

  @Override
  public void reorder(Collection<ReadyJob> outOfPlace) {
    if (outOfPlace.isEmpty()) {
      return;
    }
    // Only forwards: what somebody has requeued meanwhile has a later order already.
    List<UpdateOneModel<RawBsonDocument>> writes =
        outOfPlace.stream()
            .map(job ->
                new UpdateOneModel<RawBsonDocument>(
                    new Document(JobFields.ID, JobFilters.id(job.id()))
                        .append(JobFields.STATUS, JobStatus.QUEUED.text())
                        .append(JobFields.ORDER, new Document("$lt", (double) job.order())),
                    new Document("$set", new Document(JobFields.ORDER, (double) job.order())),
                    ById.update()))
            .toList();
    MongoErrors.run(
        "giving %d jobs their order".formatted(writes.size()), () -> changes.others(writes));
  }

  @Override
  public List<ReadyJob> inOrder(String queue, @Nullable ReadyJob after, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    if (after == null) {
      return ready(jobs.find(queued(queue)).sort(ORDER), limit);
    }
    // Two reads, each an exact range of the index; one with $or would walk from the queue's head.
    double place = after.order();
    Document sameOrder =
        queued(queue)
            .append(JobFields.ORDER, place)
            .append(JobFields.ID, new Document("$gt", JobFilters.id(after.id())));
    List<ReadyJob> found = ready(jobs.find(sameOrder).sort(ORDER), limit);
    if (found.size() < limit) {
      Document later = queued(queue).append(JobFields.ORDER, new Document("$gt", place));
      found.addAll(ready(jobs.find(later).sort(ORDER), limit - found.size()));
    }
    return found;
  }

  @Override
  public Set<JobId> stillQueued(Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    Document stillQueued = JobFilters.ids(ids).append(JobFields.STATUS, JobStatus.QUEUED.text());
    Set<JobId> found = new HashSet<>();
    MongoErrors.run(
        "looking which jobs are still queued",
        () ->
            ById.find(jobs, stillQueued, ids.size())
                .projection(ById.INDEX)
                .forEach(d -> found.add(JobDocuments.id(d))));
    return found;
  }

  @Override
  public long keepUnfinished(Instant before, int limit) {
    if (limit <= 0) {
      return 0;
    }
    Document endangered =
        new Document(JobFields.STATUS, JobFilters.any(JobFilters.UNFINISHED))
            .append(JobFields.DATEEXPIRES, new Document("$lt", before));
    List<ReadyJob> found = ready(jobs.find(endangered), limit);
    if (found.isEmpty()) {
      return 0;
    }
    Document same = new Document(endangered);
    same.append(JobFields.ID, JobFilters.anyId(found.stream().map(ReadyJob::id).toList()));
    return MongoErrors.answer(
        "keeping %d unfinished jobs".formatted(found.size()),
        () ->
            jobs.updateMany(
                    same,
                    new Document("$unset", new Document(JobFields.DATEEXPIRES, "")),
                    ById.update())
                .getModifiedCount());
  }

  @Override
  public long deleteExpired(Instant now, int limit) {
    Document expired =
        new Document(JobFields.STATUS, JobFilters.any(JobStatus.finals()))
            .append(JobFields.DATEEXPIRES, new Document("$lte", now));
    return MongoErrors.answer(
        "deleting expired jobs", () -> LimitedDelete.of(jobs, expired, limit));
  }

  @Override
  public List<QueueCount> count() {
    return MongoErrors.answer("counting jobs", counting::count);
  }

  private static Document queued(String queue) {
    return new Document(JobFields.QUEUE, queue).append(JobFields.STATUS, JobStatus.QUEUED.text());
  }

  private List<BsonValue> distinct(String field, Document filter) {
    return MongoErrors.answer(
        "reading all values of " + field,
        () -> jobs.distinct(field, filter, BsonValue.class).into(new ArrayList<>()));
  }

  /** All in one batch: left to itself the server sends 101 at first. */
  private static List<ReadyJob> ready(FindIterable<RawBsonDocument> find, int limit) {
    List<ReadyJob> found = new ArrayList<>();
    MongoErrors.run(
        "reading jobs",
        () ->
            find.limit(limit)
                .batchSize(limit)
                .projection(JobDocuments.READY)
                .map(JobDocuments::ready)
                .forEach(ready -> ready.ifPresent(found::add)));
    return found;
  }
}
