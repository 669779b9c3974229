package io.mrq.mongo.job;

import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.store.RunState;
import java.time.Instant;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** What a document tells of the run of its job. */
public final class StoredRuns {
  /** The projection of a document that {@link #state} reads. */
  public static final Document STATE =
      new Document(JobFields.STATUS, 1)
          .append(JobFields.WORKER, 1)
          .append(JobFields.CLAIM, 1)
          .append(JobFields.DATEUPDATED, 1);

  /** The projection of a document that {@link #abandoned} reads. */
  public static final Document CLAIM =
      new Document(JobFields.WORKER, 1).append(JobFields.CLAIM, 1).append(JobFields.DATESTARTED, 1);

  private StoredRuns() {}

  /**
   * The status of a job and who runs it.
   *
   * @return nothing when the id is no ObjectId or the status unknown
   */
  public static Optional<RunState> state(RawBsonDocument document) {
    if (!document.isObjectId(JobFields.ID)) {
      return Optional.empty();
    }
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    JobStatus status = JobDocuments.status(fields);
    return status == null
        ? Optional.empty()
        : Optional.of(
            new RunState(
                status,
                fields.id(JobFields.WORKER, WorkerId::new),
                fields.id(JobFields.CLAIM, ClaimToken::new),
                fields.date(JobFields.DATEUPDATED)));
  }

  /**
   * The worker of a started job, if a run of that worker can be judged without its document.
   *
   * @param startedBefore a run that began earlier can be judged, whoever claimed it
   */
  public static Optional<WorkerId> abandoned(RawBsonDocument document, Instant startedBefore) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    WorkerId worker = fields.id(JobFields.WORKER, WorkerId::new);
    ClaimToken token = fields.id(JobFields.CLAIM, ClaimToken::new);
    Instant started = fields.date(JobFields.DATESTARTED);
    boolean isOld = started != null && started.isBefore(startedBefore);
    return isOld || isOurs(worker, token) ? Optional.ofNullable(worker) : Optional.empty();
  }

  private static boolean isOurs(@Nullable WorkerId worker, @Nullable ClaimToken token) {
    return worker != null && token != null && new Claim(worker, token).isGenuine();
  }
}
