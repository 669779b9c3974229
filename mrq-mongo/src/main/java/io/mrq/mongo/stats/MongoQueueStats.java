package io.mrq.mongo.stats;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import io.mrq.job.JobStatus;
import io.mrq.mongo.collection.LimitedDelete;
import io.mrq.mongo.collection.RepeatableInsert;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobDocuments;
import io.mrq.stats.QueueCount;
import io.mrq.stats.QueueSample;
import io.mrq.stats.QueueStats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Counts of queues on MongoDB. Each period has a marker, {@code {_id: "period", date, queues,
 * took}}, and a document for each queue, {@code {_id: "period queue", date, queue, queued, started,
 * retry, interrupt, oldest, at_least}}. A process begins a period when it is the first to insert
 * the marker, without {@code queues} and {@code took}. These are written last: as long as {@code
 * queues} is absent the counts are not complete, and as long as {@code took} is absent too,
 * somebody counts.
 *
 * <p>{@code begin} and {@code deleteOlder} are up to two round trips, {@code sample} is two, the
 * others are one.
 */
public final class MongoQueueStats implements QueueStats {
  private static final String ID = "_id";
  private static final String DATE = "date";
  private static final String QUEUE = "queue";
  private static final String QUEUES = "queues";
  private static final String OLDEST = "oldest";
  private static final String TOOK = "took";
  private static final String AT_LEAST = "at_least";

  /** Most systems have fewer queues, whose counts then come in one batch. */
  private static final int BATCH_SIZE = 1000;

  private static final Duration MAX_AGE = Duration.ofMinutes(1);

  private final MongoCollection<RawBsonDocument> stats;

  public MongoQueueStats(StoreCollections collections) {
    this.stats = collections.stats();
  }

  @Override
  public boolean begin(Instant now) {
    Instant period = QueueStats.periodOf(now);
    return MongoErrors.answer("beginning to count jobs", () -> !isHeldUp(now) && isFirst(period));
  }

  private boolean isHeldUp(Instant now) {
    List<String> periods = new ArrayList<>();
    Instant last = now.plus(QueueStats.LONGEST);
    for (Instant period = QueueStats.periodOf(now.minus(QueueStats.LONGEST));
        !period.isAfter(last);
        period = period.plus(QueueStats.PERIOD)) {
      periods.add(period.toString());
    }
    return stats
        .find(new Document(ID, new Document("$in", periods)))
        .batchSize(periods.size() + 1)
        .into(new ArrayList<>())
        .stream()
        .map(marker -> new FieldReader(PlainBson.decode(marker)))
        .anyMatch(marker -> holdsUp(marker, now));
  }

  private static boolean holdsUp(FieldReader marker, Instant now) {
    Instant begun = marker.date(DATE);
    return begun != null && QueueStats.holdsUp(begun, marker.seconds(TOOK), now);
  }

  private boolean isFirst(Instant period) {
    return RepeatableInsert.one(
        stats, PlainBson.encode(new Document(ID, period.toString()).append(DATE, period)));
  }

  @Override
  public void record(List<QueueCount> counts, Instant at, Duration took) {
    Instant period = QueueStats.periodOf(at);
    List<RawBsonDocument> documents = new ArrayList<>();
    counts.forEach(count -> documents.add(document(count, period)));
    documents.add(marker(counts.size(), period, took));
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
  public void failed(Instant at, Duration took) {
    Document incomplete =
        new Document(ID, QueueStats.periodOf(at).toString())
            .append(QUEUES, new Document("$exists", false));
    Document rest = new Document("$set", new Document(TOOK, JobDocuments.seconds(took)));
    MongoErrors.run("recording that a count failed", () -> stats.updateOne(incomplete, rest));
  }

  @Override
  public Optional<QueueSample> sample(Instant now) {
    return MongoErrors.answer("reading counts", () -> read(now));
  }

  private Optional<QueueSample> read(Instant now) {
    RawBsonDocument newest = newest(now);
    if (newest == null || !newest.isDateTime(DATE)) {
      return Optional.empty();
    }
    List<QueueCount> counts = new ArrayList<>();
    stats
        .find(new Document(DATE, newest.get(DATE)).append(QUEUE, new Document("$exists", true)))
        .sort(new Document(ID, 1))
        .batchSize(BATCH_SIZE)
        .forEach(document -> add(document, counts));
    return Optional.of(
        new QueueSample(Instant.ofEpochMilli(newest.getDateTime(DATE).getValue()), counts));
  }

  private @Nullable RawBsonDocument newest(Instant now) {
    return stats
        .find(
            new Document(DATE, new Document("$gte", now.minus(MAX_AGE)))
                .append(QUEUES, new Document("$exists", true)))
        .sort(new Document(DATE, -1))
        .limit(1)
        .first();
  }

  @Override
  public long deleteOlder(Instant before, int limit) {
    Document old = new Document(DATE, new Document("$lt", before));
    return MongoErrors.answer("deleting old counts", () -> LimitedDelete.of(stats, old, limit));
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
    if (!count.atLeast().isEmpty()) {
      document.put(AT_LEAST, count.atLeast().stream().map(JobStatus::text).sorted().toList());
    }
    return PlainBson.encode(document);
  }

  private static RawBsonDocument marker(int queues, Instant period, Duration took) {
    return PlainBson.encode(
        new Document(ID, period.toString())
            .append(DATE, period)
            .append(QUEUES, queues)
            .append(TOOK, JobDocuments.seconds(took)));
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
    Set<JobStatus> atLeast = EnumSet.noneOf(JobStatus.class);
    for (Object status : fields.list(AT_LEAST)) {
      JobStatus.ofText(String.valueOf(status)).ifPresent(atLeast::add);
    }
    counts.add(new QueueCount(queue, jobs, fields.date(OLDEST), atLeast));
  }
}
