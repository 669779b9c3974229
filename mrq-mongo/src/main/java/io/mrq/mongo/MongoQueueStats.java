package io.mrq.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import io.mrq.job.JobStatus;
import io.mrq.store.QueueCount;
import io.mrq.store.QueueSample;
import io.mrq.store.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Counts on MongoDB: one document a queue and period, {@code {_id: "period queue", date, queue,
 * queued, started, retry, interrupt, oldest}}, and one a period, {@code {_id: "period", date,
 * queues}}, written last: what has none is not complete yet. Two replicas that record the same
 * period write the same documents. {@code record} and {@code deleteOlder} are up to two round
 * trips, {@code sample} is two.
 */
final class MongoQueueStats implements QueueStats {
  private static final String ID = "_id";
  private static final String DATE = "date";
  private static final String QUEUE = "queue";
  private static final String QUEUES = "queues";
  private static final String OLDEST = "oldest";
  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final MongoCollection<RawBsonDocument> stats;

  MongoQueueStats(StoreCollections collections) {
    this.stats = collections.stats();
  }

  @Override
  public void record(List<QueueCount> counts, Instant at) {
    Instant period = periodOf(at);
    List<RawBsonDocument> documents = new ArrayList<>();
    counts.forEach(count -> documents.add(document(count, period)));
    documents.add(marker(counts.size(), period));
    List<ReplaceOneModel<RawBsonDocument>> writes =
        documents.stream()
            .map(d ->
                new ReplaceOneModel<>(
                    new Document(ID, d.get(ID)), d, new ReplaceOptions().upsert(true)))
            .toList();
    MongoErrors.run(
        "recording counts", () -> stats.bulkWrite(writes, new BulkWriteOptions().ordered(true)));
  }

  @Override
  public Optional<QueueSample> sample(Instant now) {
    return MongoErrors.answer("reading counts", () -> read(now));
  }

  private Optional<QueueSample> read(Instant now) {
    RawBsonDocument newest =
        stats
            .find(
                new Document(DATE, new Document("$gte", now.minus(FRESH)))
                    .append(QUEUES, new Document("$exists", true)))
            .sort(new Document(DATE, -1))
            .limit(1)
            .first();
    if (newest == null || !newest.isDateTime(DATE)) {
      return Optional.empty();
    }
    List<QueueCount> counts = new ArrayList<>();
    stats
        .find(new Document(DATE, newest.get(DATE)).append(QUEUE, new Document("$exists", true)))
        .sort(new Document(ID, 1))
        .forEach(document -> add(document, counts));
    return Optional.of(
        new QueueSample(Instant.ofEpochMilli(newest.getDateTime(DATE).getValue()), counts));
  }

  @Override
  public long deleteOlder(Instant before, int limit) {
    Document old = new Document(DATE, new Document("$lt", before));
    return MongoErrors.answer("deleting old counts", () -> LimitedDelete.of(stats, old, limit));
  }

  private static Instant periodOf(Instant at) {
    long length = PERIOD.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), length) * length);
  }

  private static RawBsonDocument document(QueueCount count, Instant period) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(ID, period + " " + count.queue());
    document.put(DATE, period);
    document.put(QUEUE, count.queue());
    count.jobs().forEach((status, jobs) -> document.put(status.text(), jobs));
    if (count.oldest() != null) {
      document.put(OLDEST, count.oldest());
    }
    return PlainBson.encode(document);
  }

  private static RawBsonDocument marker(int queues, Instant period) {
    return PlainBson.encode(
        new Document(ID, period.toString()).append(DATE, period).append(QUEUES, queues));
  }

  private static void add(RawBsonDocument document, List<QueueCount> counts) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String queue = fields.text(QUEUE);
    if (queue == null) {
      return;
    }
    Map<JobStatus, Long> jobs = new EnumMap<>(JobStatus.class);
    for (JobStatus status : JobStatus.values()) {
      Long number = fields.whole(status.text());
      if (number != null) {
        jobs.put(status, number);
      }
    }
    counts.add(new QueueCount(queue, jobs, fields.date(OLDEST)));
  }
}
