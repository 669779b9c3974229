package io.mrq.mongo.recovery;

import com.mongodb.client.MongoCollection;
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
import io.mrq.mongo.job.ReadyJobs;
import io.mrq.mongo.job.StoredRuns;
import io.mrq.mongo.stats.QueueCounting;
import io.mrq.recovery.RecoveryStore;
import io.mrq.stats.QueueCount;
import io.mrq.task.TaskCatalog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What the maintenance duties ask of the jobs, on MongoDB. Every read has a limit and an index.
 * Round trips of a call, and a few more when the document of a job does not allow its change (see
 * {@link JobChanges}):
 *
 * <ul>
 *   <li>{@code workersWithRuns}, {@code queuesWithJobs}, {@code stillQueued}, {@code nextDue}: 1
 *   <li>{@code head}, {@code reorder}, {@code abandoned}: 1
 *   <li>{@code inOrder}: 1 from the head, else 2
 *   <li>{@code requeueDue}, {@code requeueInterrupted}, {@code adopt}, {@code keepUnfinished},
 *       {@code deleteExpired}: 1 when there is nothing to do, else 2
 *   <li>{@code rescue}: 3, and 1 more when a job reached the crash limit
 *   <li>{@code count}: 2, and a few for each queue when there are very many jobs
 * </ul>
 */
public final class MongoRecoveryStore implements RecoveryStore {
  /** More than any worker runs at once. */
  private static final int MAX_RUNS = 10_000;

  private final MongoCollection<RawBsonDocument> jobs;
  private final QueueCounting counting;
  private final JobChanges changes;
  private final LostRuns lostRuns;
  private final QueueOrders orders;

  public MongoRecoveryStore(StoreCollections collections) {
    this.jobs = collections.jobs();
    this.counting = new QueueCounting(jobs);
    this.changes = new JobChanges(jobs);
    this.lostRuns = new LostRuns(jobs, changes);
    this.orders = new QueueOrders(jobs, changes);
  }

  @Override
  public Set<WorkerId> workersWithRuns() {
    Document started = new Document(JobFields.STATUS, JobStatus.STARTED.text());
    Set<WorkerId> workers = new HashSet<>();
    for (BsonValue value : distinct(JobFields.WORKER, started)) {
      // Nobody can judge the run of a document that names no worker.
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
                .projection(StoredRuns.CLAIM)
                .limit(MAX_RUNS)
                .batchSize(MAX_RUNS)
                .forEach(document ->
                    StoredRuns.abandoned(document, startedBefore).ifPresent(found::add)));
    return found;
  }

  @Override
  public Rescue rescue(WorkerId worker, int crashLimit, TaskCatalog tasks, Instant now) {
    return lostRuns.rescue(worker, crashLimit, tasks, now);
  }

  @Override
  public List<ReadyJob> requeueDue(Instant now, int limit) {
    return requeue(dueBy(now), JobTransition.DUE, now, limit);
  }

  @Override
  public Optional<Instant> nextDue() {
    RawBsonDocument first =
        MongoErrors.answer(
            "reading when the next job is due",
            () ->
                jobs.find(dueBy(Instant.ofEpochMilli(Long.MAX_VALUE)))
                    .sort(new Document(JobFields.DATERETRY, 1))
                    .projection(new Document(JobFields.ID, 0).append(JobFields.DATERETRY, 1))
                    .limit(1)
                    .first());
    return Optional.ofNullable(first)
        .map(found -> Instant.ofEpochMilli(found.getDateTime(JobFields.DATERETRY).getValue()));
  }

  /** Compares with a date, so a job whose {@code dateretry} is none is never due. */
  private static Document dueBy(Instant now) {
    return new Document(JobFields.STATUS, JobFilters.leaving(JobTransition.DUE))
        .append(JobFields.DATERETRY, new Document("$lte", now));
  }

  @Override
  public List<ReadyJob> requeueInterrupted(Instant now, int limit) {
    Document interrupted = new Document(JobFields.STATUS, JobFilters.leaving(JobTransition.RESUME));
    return requeue(interrupted, JobTransition.RESUME, now, limit);
  }

  /**
   * The answer may name jobs that somebody else has changed meanwhile. That does no harm: when they
   * are offered, no claim wins them.
   */
  private List<ReadyJob> requeue(
      Document filter, JobTransition transition, Instant now, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    List<ReadyJob> found = ReadyJobs.read("reading jobs to requeue", jobs.find(filter), limit);
    if (found.isEmpty()) {
      return found;
    }
    Document same = new Document(filter);
    same.append(JobFields.ID, JobFilters.anyId(found.stream().map(ReadyJob::id).toList()));
    MongoErrors.run(
        "requeueing %d jobs".formatted(found.size()),
        () -> changes.apply(same, List.of(JobUpdates.of(transition, now)), now));
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
    return orders.adopt(queue, limit);
  }

  @Override
  public QueueHead head(String queue, int limit) {
    return orders.head(queue, limit);
  }

  @Override
  public void reorder(Collection<ReadyJob> outOfPlace) {
    orders.reorder(outOfPlace);
  }

  @Override
  public List<ReadyJob> inOrder(String queue, @Nullable ReadyJob after, int limit) {
    return orders.inOrder(queue, after, limit);
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
    List<ReadyJob> found =
        ReadyJobs.read("reading unfinished jobs that would expire", jobs.find(endangered), limit);
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

  private List<BsonValue> distinct(String field, Document filter) {
    return MongoErrors.answer(
        "reading all values of " + field,
        () -> jobs.distinct(field, filter, BsonValue.class).into(new ArrayList<>()));
  }
}
