package io.mrq.mongo.stats;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import io.mrq.job.JobStatus;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.stats.QueueCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Counts unfinished jobs by queue and status, at a cost that does not grow with the backlog. Up to
 * {@value #MAX_EXACT} jobs are counted exactly, by one aggregation. When there are more, each queue
 * is counted up to a limit, so that about {@value #MAX_ENTRIES} index entries are read in all.
 * Finished jobs, which are many, are never read: the counts come from Python's index (status,
 * queue, path), and the date of the oldest job is the first entry of its queue's index.
 */
public final class QueueCounting {
  private static final int MAX_EXACT = 100_000;
  private static final int MAX_ENTRIES = 1_000_000;

  /** Up to this many jobs of each status are counted in a queue, however many queues there are. */
  private static final int MIN_LIMIT = 1_000;

  private static final String JOBS = "jobs";

  private final MongoCollection<RawBsonDocument> jobs;
  private final int maxExact;
  private final int maxEntries;
  private final int minLimit;

  public QueueCounting(MongoCollection<RawBsonDocument> jobs) {
    this(jobs, MAX_EXACT, MAX_ENTRIES, MIN_LIMIT);
  }

  /** Counts with other limits than the usual ones. */
  QueueCounting(MongoCollection<RawBsonDocument> jobs, int maxExact, int maxEntries, int minLimit) {
    this.jobs = jobs;
    this.maxExact = maxExact;
    this.maxEntries = maxEntries;
    this.minLimit = minLimit;
  }

  /** The number of jobs in one status of one queue. */
  private record Part(String queue, JobStatus status) {}

  /** The counts of all queues, ordered by name. */
  public List<QueueCount> count() {
    Map<String, Map<JobStatus, Long>> all = new TreeMap<>();
    long seen = 0;
    for (RawBsonDocument group : jobs.aggregate(pipeline())) {
      seen += add(group, all);
    }
    return seen <= maxExact ? counts(all, Long.MAX_VALUE) : limited();
  }

  /** Reads one job more than are counted exactly, which tells whether there are more. */
  private List<Document> pipeline() {
    Document key =
        new Document(JobFields.QUEUE, "$" + JobFields.QUEUE)
            .append(JobFields.STATUS, "$" + JobFields.STATUS);
    return List.of(
        new Document(
            "$match", new Document(JobFields.STATUS, JobFilters.any(JobFilters.UNFINISHED))),
        new Document("$limit", maxExact + 1),
        new Document(
            "$group", new Document(JobFields.ID, key).append(JOBS, new Document("$sum", 1))));
  }

  /** Adds a group of jobs to the counts; returns how many jobs it has. */
  private static long add(RawBsonDocument group, Map<String, Map<JobStatus, Long>> byQueue) {
    FieldReader fields = new FieldReader(PlainBson.decode(group));
    FieldReader key = new FieldReader(fields.map(JobFields.ID));
    String queue = key.text(JobFields.QUEUE);
    String status = key.text(JobFields.STATUS);
    Long number = fields.whole(JOBS);
    // Somebody wrote a document by hand that has no queue; it counts for none.
    if (queue != null && status != null && number != null) {
      JobStatus.ofText(status)
          .ifPresent(s ->
              byQueue.computeIfAbsent(queue, _ -> new EnumMap<>(JobStatus.class)).put(s, number));
    }
    return number == null ? 0 : number;
  }

  private List<QueueCount> limited() {
    List<Part> parts = parts();
    int limit = Math.max(minLimit, maxEntries / Math.max(1, parts.size()));
    Map<String, Map<JobStatus, Long>> all = new TreeMap<>();
    for (Part part : parts) {
      Document of =
          new Document(JobFields.STATUS, part.status().text())
              .append(JobFields.QUEUE, part.queue());
      long number = jobs.countDocuments(of, new CountOptions().limit(limit));
      if (number > 0) {
        all.computeIfAbsent(part.queue(), _ -> new EnumMap<>(JobStatus.class))
            .put(part.status(), number);
      }
    }
    return counts(all, limit);
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (JobStatus status : JobFilters.UNFINISHED) {
      Document of = new Document(JobFields.STATUS, status.text());
      for (BsonValue queue : jobs.distinct(JobFields.QUEUE, of, BsonValue.class)) {
        if (queue.isString()) {
          parts.add(new Part(queue.asString().getValue(), status));
        }
      }
    }
    return parts;
  }

  /**
   * The counts with the date of the oldest queued job of each queue.
   *
   * @param limit up to which the jobs of one status and queue were counted
   */
  private List<QueueCount> counts(Map<String, Map<JobStatus, Long>> byQueue, long limit) {
    List<QueueCount> counts = new ArrayList<>();
    byQueue.forEach((queue, statuses) -> {
      Set<JobStatus> atLeast = EnumSet.noneOf(JobStatus.class);
      statuses.forEach((status, number) -> {
        if (number >= limit) {
          atLeast.add(status);
        }
      });
      Instant oldest = statuses.containsKey(JobStatus.QUEUED) ? oldest(queue) : null;
      counts.add(new QueueCount(queue, statuses, oldest, atLeast));
    });
    return counts;
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
