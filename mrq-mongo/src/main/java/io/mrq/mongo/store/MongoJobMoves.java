package io.mrq.mongo.store;

import com.mongodb.client.MongoCollection;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.job.JobUpdates;
import io.mrq.store.JobMoves;
import java.time.Instant;
import java.util.Set;
import org.bson.Document;
import org.bson.RawBsonDocument;

/** Cancel and requeue of one job on MongoDB. Each call is one round trip. */
public final class MongoJobMoves implements JobMoves {
  private final MongoCollection<RawBsonDocument> jobs;

  public MongoJobMoves(StoreCollections collections) {
    this.jobs = collections.jobs();
  }

  @Override
  public boolean cancel(JobId id, Set<JobStatus> from, Instant now, Instant expires) {
    Document update = JobUpdates.cancelled(expires, from.contains(JobStatus.STARTED), now);
    return change("cancelling a job", id, from, JobStatus.CANCEL, update);
  }

  @Override
  public boolean requeue(ReadyJob to, Set<JobStatus> from, Instant now) {
    Document update = JobUpdates.requeued(to, from.contains(JobStatus.STARTED), now);
    return change("requeueing a job", to.id(), from, JobStatus.QUEUED, update);
  }

  private boolean change(
      String doing, JobId id, Set<JobStatus> from, JobStatus to, Document update) {
    JobUpdates.requireLegal(from, to);
    if (from.isEmpty()) {
      return false;
    }
    Document filter =
        new Document(JobFields.ID, JobFilters.id(id))
            .append(JobFields.STATUS, JobFilters.any(from));
    return MongoErrors.answer(doing, () -> jobs.updateOne(filter, update).getMatchedCount() == 1);
  }
}
