package io.mrq.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.store.JobFilter;
import io.mrq.store.JobQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** Looking at jobs on MongoDB. */
final class MongoJobQueries implements JobQueries {
  private final MongoCollection<RawBsonDocument> jobs;

  MongoJobQueries(StoreCollections collections) {
    this.jobs = collections.jobs();
  }

  @Override
  public Optional<Job> find(JobId id) {
    Document filter = new Document(JobFields.ID, JobFilters.id(id));
    return MongoErrors.answer(
        "reading a job",
        () -> Optional.ofNullable(jobs.find(filter).first()).flatMap(JobDocuments::job));
  }

  @Override
  public List<Job> list(JobFilter filter, @Nullable JobId after, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    List<Job> found = new ArrayList<>();
    MongoErrors.run(
        "listing jobs",
        () -> {
          // No limit on the server: a document that is no job must not end the list early.
          try (MongoCursor<RawBsonDocument> page =
              jobs.find(conditions(filter, after))
                  .sort(new Document(JobFields.ID, -1))
                  .batchSize(limit)
                  .cursor()) {
            while (found.size() < limit && page.hasNext()) {
              JobDocuments.job(page.next()).ifPresent(found::add);
            }
          }
        });
    return found;
  }

  private static Document conditions(JobFilter filter, @Nullable JobId after) {
    Document conditions = new Document();
    if (!filter.statuses().isEmpty()) {
      conditions.append(JobFields.STATUS, JobFilters.any(filter.statuses()));
    }
    appendPresent(conditions, JobFields.QUEUE, filter.queue());
    appendPresent(conditions, JobFields.PATH, filter.path());
    appendPresent(
        conditions,
        JobFields.WORKER,
        filter.worker() == null ? null : JobFilters.id(filter.worker()));
    appendPresent(conditions, JobFields.EXCEPTIONTYPE, filter.exceptiontype());
    appendPresent(conditions, JobFields.FINGERPRINT, filter.fingerprint());
    appendPresent(
        conditions,
        JobFields.PARENT,
        filter.parent() == null ? null : JobFilters.id(filter.parent()));
    Document ids = ids(filter, after);
    if (!ids.isEmpty()) {
      conditions.append(JobFields.ID, ids);
    }
    return conditions;
  }

  private static Document ids(JobFilter filter, @Nullable JobId after) {
    JobId end = filter.until() == null ? null : JobId.least(filter.until());
    JobId below = end == null || (after != null && after.compareTo(end) < 0) ? after : end;
    Document ids = new Document();
    if (filter.since() != null) {
      ids.append("$gte", JobFilters.id(JobId.least(filter.since())));
    }
    if (below != null) {
      ids.append("$lt", JobFilters.id(below));
    }
    return ids;
  }

  private static void appendPresent(Document conditions, String field, @Nullable Object value) {
    if (value != null) {
      conditions.append(field, value);
    }
  }
}
