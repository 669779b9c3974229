package io.mrq.mongo.job;

import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.WorkerId;
import io.mrq.mongo.document.PlainBson;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;

/**
 * Parts of the filters of MongoDB's commands. A filter is always one flat document of all its
 * conditions: an {@code $and} would keep some servers from using an index.
 */
public final class JobFilters {
  /** The statuses that are not final. */
  public static final Set<JobStatus> UNFINISHED =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.copyOf(JobStatus.finals())));

  /** The unfinished statuses but {@code queued}; one index holds exactly these jobs. */
  public static final Set<JobStatus> UNDERWAY =
      Collections.unmodifiableSet(
          EnumSet.of(JobStatus.STARTED, JobStatus.RETRY, JobStatus.INTERRUPT));

  private JobFilters() {}

  /** Matches jobs with one of these ids. */
  public static Document ids(Collection<JobId> ids) {
    return new Document(JobFields.ID, anyId(ids));
  }

  /**
   * Matches a job as long as its stored run is of this claim.
   *
   * @param id a condition on {@code _id}
   * @param status a condition on {@code status}
   */
  public static Document fence(Object id, Claim claim, Object status) {
    return new Document(JobFields.ID, id)
        .append(JobFields.STATUS, status)
        .append(JobFields.WORKER, id(claim.worker()))
        .append(JobFields.CLAIM, id(claim.token()));
  }

  /** The condition on {@code _id}: one of these. The driver would look up a codec for each id. */
  public static RawBsonDocument anyId(Collection<JobId> ids) {
    return PlainBson.encode(writer -> {
      writer.writeStartDocument();
      writer.writeStartArray("$in");
      ids.forEach(id -> writer.writeObjectId(id(id)));
      writer.writeEndArray();
      writer.writeEndDocument();
    });
  }

  /** The condition on {@code status} under which a transition is legal. */
  public static Object leaving(JobTransition transition) {
    return any(transition.from());
  }

  /** The condition on {@code status}: one of these. */
  public static Object any(Set<JobStatus> statuses) {
    return statuses.size() == 1
        ? statuses.iterator().next().text()
        : new Document("$in", statuses.stream().map(JobStatus::text).sorted().toList());
  }

  public static ObjectId id(JobId id) {
    return StoredIds.of(id.head(), id.tail());
  }

  public static ObjectId id(WorkerId worker) {
    return StoredIds.of(worker.head(), worker.tail());
  }

  public static ObjectId id(ClaimToken token) {
    return StoredIds.of(token.head(), token.tail());
  }
}
