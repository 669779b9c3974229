package io.mrq.mongo.bulk;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkMoves;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobChanges;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.job.JobUpdates;
import io.mrq.mongo.query.ListConditions;
import io.mrq.mongo.query.ListReads;
import io.mrq.mongo.query.MongoJobQueries;
import io.mrq.query.FilterField;
import io.mrq.query.JobFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Requeues and cancels many jobs on MongoDB. Each call is one round trip; {@code count} and {@code
 * next} are one for each of the {@link ListReads}. A changed job keeps the id of the bulk action in
 * {@code action}, and no later write of this action matches it.
 */
public final class MongoBulkMoves implements BulkMoves {
  private static final Document CANDIDATE =
      new Document(JobFields.PATH, 1)
          .append(JobFields.QUEUE, 1)
          .append(JobFields.STATUS, 1)
          .append(JobFields.PRIORITY, 1)
          .append(JobFields.TTL, 1);

  private final MongoCollection<RawBsonDocument> jobs;
  private final MongoCollection<RawBsonDocument> many;
  private final JobChanges changes;
  private final ListReads reads;

  public MongoBulkMoves(StoreCollections collections) {
    this.jobs = collections.jobs();
    this.changes = new JobChanges(jobs);
    this.many = collections.jobs(MongoJobQueries.LIMIT);
    this.reads = new ListReads(many);
  }

  @Override
  public long count(BulkFilter filter) {
    return MongoJobQueries.bounded(
        "counting jobs",
        () -> {
          if (!filter.ids().isEmpty()) {
            return many.countDocuments(ofIds(filter, null), ById.count());
          }
          long found = 0;
          for (Document read : reads.ofCount(filter.jobs())) {
            found += many.countDocuments(read);
          }
          return found;
        });
  }

  @Override
  public List<JobId> next(BulkFilter filter, @Nullable JobId after, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    return MongoJobQueries.bounded(
        "reading the next jobs of a bulk action",
        () -> {
          List<JobId> found = new ArrayList<>();
          if (filter.ids().isEmpty()) {
            reads
                .ofList(filter.jobs())
                .forEach(read -> read(many.find(beyond(read, after)), limit, found));
          } else {
            read(many.find(ofIds(filter, after)).hint(ById.INDEX), limit, found);
          }
          return found.stream().distinct().sorted().limit(limit).toList();
        });
  }

  private static void read(FindIterable<RawBsonDocument> find, int limit, List<JobId> found) {
    find.projection(ById.INDEX)
        .sort(ById.INDEX)
        .limit(limit)
        .batchSize(limit)
        .forEach(document -> id(document).ifPresent(found::add));
  }

  @Override
  public List<Candidate> load(Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Candidate> found = new ArrayList<>();
    MongoErrors.run(
        "reading jobs of a bulk action",
        () ->
            ById.find(jobs, JobFilters.ids(ids), ids.size())
                .projection(CANDIDATE)
                .forEach(document -> candidate(document).ifPresent(found::add)));
    return found;
  }

  private static Optional<Candidate> candidate(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String id = fields.id(JobFields.ID);
    String status = fields.text(JobFields.STATUS);
    if (id == null || status == null) {
      return Optional.empty();
    }
    return JobStatus.ofText(status)
        .map(known ->
            new Candidate(
                new JobId(id),
                Objects.requireNonNullElse(fields.text(JobFields.PATH), ""),
                Objects.requireNonNullElse(fields.text(JobFields.QUEUE), ""),
                known,
                fields.count(JobFields.PRIORITY),
                fields.seconds(JobFields.TTL)));
  }

  @Override
  public void requeue(
      BulkActionId by,
      BulkFilter filter,
      Collection<ReadyJob> to,
      RetryCount retries,
      Instant now) {
    Document conditions = unmoved(by, filter, JobStatus.QUEUED);
    write(
        "requeueing jobs of a bulk action",
        to.stream()
            .map(job -> change(job.id(), conditions, by, requeued(job, retries, now)))
            .toList());
  }

  private static Document requeued(ReadyJob job, RetryCount retries, Instant now) {
    Document update = JobUpdates.requeued(job, false, now);
    if (retries == RetryCount.KEPT) {
      update.get("$set", Document.class).remove(JobFields.RETRY_COUNT);
    }
    return update;
  }

  @Override
  public void cancel(BulkActionId by, BulkFilter filter, Map<JobId, Instant> expires, Instant now) {
    Document conditions = unmoved(by, filter, JobStatus.CANCEL);
    write(
        "cancelling jobs of a bulk action",
        expires.entrySet().stream()
            .map(job ->
                change(
                    job.getKey(), conditions, by, JobUpdates.cancelled(job.getValue(), false, now)))
            .toList());
  }

  /**
   * Each job has a write of its own: on a sharded collection a write to many documents may miss
   * those that move to another shard meanwhile.
   */
  private static UpdateOneModel<RawBsonDocument> change(
      JobId id, Document conditions, BulkActionId by, Document update) {
    Document filter = new Document(JobFields.ID, JobFilters.id(id));
    filter.putAll(conditions);
    return new UpdateOneModel<>(filter, marked(by, update), ById.update());
  }

  private void write(String doing, List<UpdateOneModel<RawBsonDocument>> writes) {
    if (!writes.isEmpty()) {
      MongoErrors.run(doing, () -> changes.allowed(writes));
    }
  }

  private static Document marked(BulkActionId by, Document update) {
    return JobUpdates.set(update, JobFields.ACTION, new ObjectId(by.hex()));
  }

  @Override
  public Set<JobId> movedBy(BulkActionId action, Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    Document filter = JobFilters.ids(ids).append(JobFields.ACTION, new ObjectId(action.hex()));
    Set<JobId> found = new HashSet<>();
    MongoErrors.run(
        "reading which jobs a bulk action has changed",
        () ->
            ById.find(jobs, filter, ids.size())
                .projection(ById.INDEX)
                .forEach(document -> id(document).ifPresent(found::add)));
    return found;
  }

  @Override
  public Map<BulkActionId, Map<JobStatus, Long>> outcomes(Collection<BulkActionId> actions) {
    if (actions.isEmpty()) {
      return Map.of();
    }
    List<ObjectId> ids = actions.stream().map(action -> new ObjectId(action.hex())).toList();
    Document key =
        new Document(JobFields.ACTION, "$" + JobFields.ACTION)
            .append(JobFields.STATUS, "$" + JobFields.STATUS);
    List<Document> pipeline =
        List.of(
            new Document("$match", new Document(JobFields.ACTION, new Document("$in", ids))),
            new Document(
                "$group", new Document(JobFields.ID, key).append("n", new Document("$sum", 1))));
    Map<BulkActionId, Map<JobStatus, Long>> found = new HashMap<>();
    return MongoJobQueries.bounded(
        "reading what became of the jobs of bulk actions",
        () -> {
          many.aggregate(pipeline).forEach(document -> addOutcome(document, found));
          return found;
        });
  }

  private static void addOutcome(
      RawBsonDocument document, Map<BulkActionId, Map<JobStatus, Long>> found) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    FieldReader key = new FieldReader(fields.map(JobFields.ID));
    String action = key.id(JobFields.ACTION);
    String status = key.text(JobFields.STATUS);
    if (action != null && status != null) {
      JobStatus.ofText(status)
          .ifPresent(known ->
              found
                  .computeIfAbsent(new BulkActionId(action), _ -> new EnumMap<>(JobStatus.class))
                  .merge(known, (long) fields.count("n"), Long::sum));
    }
  }

  /**
   * All conditions of a filter, and that this action has not changed the job before. Those on the
   * date are left out, since the id that tells it never changes.
   */
  private static Document unmoved(BulkActionId by, BulkFilter filter, JobStatus to) {
    if (filter.jobs().statuses().isEmpty()) {
      throw new IllegalArgumentException("the filter must name the statuses that may be left");
    }
    JobUpdates.requireLegal(filter.jobs().statuses(), to);
    JobFilter withoutDates = filter.jobs().without(FilterField.SINCE, FilterField.UNTIL);
    return ListConditions.of(withoutDates, null)
        .append(JobFields.ACTION, new Document("$ne", new ObjectId(by.hex())));
  }

  /** The conditions of a filter that names ids, for those above {@code after}. */
  private static Document ofIds(BulkFilter filter, @Nullable JobId after) {
    List<ObjectId> ids =
        filter.idsInTime().stream()
            .filter(id -> after == null || id.compareTo(after) > 0)
            .map(JobFilters::id)
            .toList();
    return ListConditions.of(filter.jobs(), null).append(JobFields.ID, new Document("$in", ids));
  }

  /** The conditions of a read, for ids above {@code after}. */
  private static Document beyond(Document read, @Nullable JobId after) {
    if (after == null) {
      return read;
    }
    Document range = new Document(read.get(JobFields.ID, new Document()));
    range.remove("$gte");
    return new Document(read).append(JobFields.ID, range.append("$gt", JobFilters.id(after)));
  }

  private static Optional<JobId> id(RawBsonDocument document) {
    return document.isObjectId(JobFields.ID)
        ? Optional.of(new JobId(document.getObjectId(JobFields.ID).getValue().toHexString()))
        : Optional.empty();
  }
}
