package io.mrq.mongo.job;

import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.ReadyJob;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;

/** The places of queued jobs in their queues. */
public final class QueuePlaces {
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
