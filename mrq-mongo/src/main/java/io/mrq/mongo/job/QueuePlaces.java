package io.mrq.mongo.job;

import com.mongodb.client.model.UpdateOneModel;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;

/** The places of queued jobs in their queues. */
public final class QueuePlaces {
  /** The lane of every job that has none of its own. */
  public static final String SHARED_LANE = "";

  /** The first character of the lane of a parked job; its path follows. */
  private static final String PARKED = "?";

  /** The text that follows all texts that begin so. */
  private static final String AFTER_PARKED = "@";

  /** The projection of a document that the methods of this class read. */
  public static final Document FIELDS =
      new Document(JobFields.QUEUE, 1)
          .append(JobFields.ORDER, 1)
          .append(JobFields.DATEQUEUED, 1)
          .append(JobFields.PRIORITY, 1);

  /** Python rounds its dates, so an order may differ by that much from the date beside it. */
  private static final long ORDER_TOLERANCE_MILLIS = 1000;

  private QueuePlaces() {}

  /**
   * Matches the jobs of a queue that wait in its shared lane. A job without the field is one of
   * them, too: Python or an earlier version of MRQ wrote it, and it need not be adopted to run.
   *
   * @param queue a condition on {@code queue}
   */
  public static Document waiting(Object queue) {
    return new Document(JobFields.STATUS, JobStatus.QUEUED.text())
        .append(JobFields.QUEUE, queue)
        .append(JobFields.LANE, new Document("$in", Arrays.asList(SHARED_LANE, null)));
  }

  /** The lane of jobs of this task that are parked. */
  public static String parkedLane(String path) {
    return PARKED + path;
  }

  /** The task whose parked jobs this lane holds. */
  public static String parkedPath(String lane) {
    return lane.substring(PARKED.length());
  }

  /** Matches the parked jobs of a queue. */
  public static Document parked(String queue) {
    return new Document(JobFields.STATUS, JobStatus.QUEUED.text())
        .append(JobFields.QUEUE, queue)
        .append(JobFields.LANE, new Document("$gte", PARKED).append("$lt", AFTER_PARKED));
  }

  /** Matches the queued jobs of a queue that nobody has adopted yet. */
  public static Document unadopted(String queue) {
    return new Document(JobFields.STATUS, JobStatus.QUEUED.text())
        .append(JobFields.QUEUE, queue)
        .append(JobFields.LANE, null);
  }

  /**
   * The write that adopts a job: it gets its lane, and an order if it has none.
   *
   * @param document of {@link #FIELDS}
   * @return nothing when the id is no ObjectId
   */
  public static Optional<UpdateOneModel<RawBsonDocument>> adoption(RawBsonDocument document) {
    boolean hasOrder = document.containsKey(JobFields.ORDER) && !document.isNull(JobFields.ORDER);
    return of(document)
        .map(job -> {
          Document same =
              new Document(JobFields.ID, JobFilters.id(job.id()))
                  .append(JobFields.STATUS, JobStatus.QUEUED.text())
                  .append(JobFields.LANE, null);
          Document set = new Document(JobFields.LANE, SHARED_LANE);
          if (!hasOrder) {
            same.append(JobFields.ORDER, null);
            set.append(JobFields.ORDER, (double) job.order());
          }
          return new UpdateOneModel<>(same, new Document("$set", set), ById.update());
        });
  }

  /**
   * The place of a job. Where Python wrote no order, it is computed as adoption would.
   *
   * @return nothing when the id is no ObjectId
   */
  public static Optional<ReadyJob> of(RawBsonDocument document) {
    if (!document.isObjectId(JobFields.ID)) {
      return Optional.empty();
    }
    ObjectId id = document.getObjectId(JobFields.ID).getValue();
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    Long order = fields.whole(JobFields.ORDER);
    return Optional.of(
        new ReadyJob(
            new JobId(id.toHexString()),
            Objects.requireNonNullElse(fields.text(JobFields.QUEUE), ""),
            order == null ? computedOrder(id, fields) : order));
  }

  private static long computedOrder(ObjectId id, FieldReader fields) {
    Instant queued = fields.date(JobFields.DATEQUEUED);
    Instant date = queued == null ? id.getDate().toInstant() : queued;
    return JobOrder.of(date, fields.count(JobFields.PRIORITY));
  }

  /**
   * The place that a job should have. Our own writes give a queued job an order that is not older
   * than its date; a requeue by Python changes the date and leaves the order.
   *
   * @return nothing when the job has this place already
   */
  public static Optional<ReadyJob> corrected(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    Long order = fields.whole(JobFields.ORDER);
    Instant queued = fields.date(JobFields.DATEQUEUED);
    if (order == null || queued == null) {
      return Optional.empty();
    }
    long due = JobOrder.of(queued, fields.count(JobFields.PRIORITY));
    return of(document)
        .filter(_ -> due - order > ORDER_TOLERANCE_MILLIS)
        .map(job -> new ReadyJob(job.id(), job.queue(), due));
  }
}
