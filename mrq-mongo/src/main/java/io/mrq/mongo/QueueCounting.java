package io.mrq.mongo;

import com.mongodb.client.MongoCollection;
import io.mrq.job.JobStatus;
import io.mrq.store.QueueCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Counts unfinished jobs by queue and status. Finished ones, which are many, are never touched: the
 * aggregation reads nothing but Python's index (status, queue, path), and the oldest job of a queue
 * is the first entry of its dequeue index.
 */
final class QueueCounting {
  private static final Set<JobStatus> UNFINISHED =
      EnumSet.complementOf(EnumSet.copyOf(JobStatus.finals()));
  private static final String JOBS = "jobs";

  private final MongoCollection<RawBsonDocument> jobs;

  QueueCounting(MongoCollection<RawBsonDocument> jobs) {
    this.jobs = jobs;
  }

  /** By name of the queue. */
  List<QueueCount> count() {
    Map<String, Map<JobStatus, Long>> byQueue = new TreeMap<>();
    jobs.aggregate(pipeline()).forEach(group -> add(group, byQueue));
    List<QueueCount> counts = new ArrayList<>();
    byQueue.forEach((queue, statuses) -> counts.add(count(queue, statuses)));
    return counts;
  }

  private static List<Document> pipeline() {
    Document key =
        new Document(JobFields.QUEUE, "$" + JobFields.QUEUE)
            .append(JobFields.STATUS, "$" + JobFields.STATUS);
    return List.of(
        new Document("$match", new Document(JobFields.STATUS, JobFilters.any(UNFINISHED))),
        new Document(
            "$group", new Document(JobFields.ID, key).append(JOBS, new Document("$sum", 1))));
  }

  private static void add(RawBsonDocument group, Map<String, Map<JobStatus, Long>> byQueue) {
    FieldReader fields = new FieldReader(PlainBson.decode(group));
    FieldReader key = new FieldReader(fields.map(JobFields.ID));
    String queue = key.text(JobFields.QUEUE);
    String status = key.text(JobFields.STATUS);
    Long number = fields.whole(JOBS);
    // A document without a queue was written by hand; no queue's count is the place for it.
    if (queue != null && status != null && number != null) {
      JobStatus.ofText(status)
          .ifPresent(s ->
              byQueue.computeIfAbsent(queue, _ -> new EnumMap<>(JobStatus.class)).put(s, number));
    }
  }

  private QueueCount count(String queue, Map<JobStatus, Long> statuses) {
    return new QueueCount(
        queue, statuses, statuses.containsKey(JobStatus.QUEUED) ? oldest(queue) : null);
  }

  private @Nullable Instant oldest(String queue) {
    RawBsonDocument first =
        jobs.find(
                new Document(JobFields.QUEUE, queue)
                    .append(JobFields.STATUS, JobStatus.QUEUED.text()))
            .sort(new Document(JobFields.DATEQUEUED, 1).append(JobFields.ID, 1))
            .projection(new Document(JobFields.DATEQUEUED, 1))
            .limit(1)
            .first();
    return first == null
        ? null
        : new FieldReader(PlainBson.decode(first)).date(JobFields.DATEQUEUED);
  }
}
