package io.mrq.mongo.stats;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.CountOptions;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.job.QueuePlaces;
import io.mrq.mongo.job.ReadyJobs;
import io.mrq.stats.QueueCount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
 * {@value #MAX_EXACT} queued jobs are counted exactly, by one aggregation, which also tells since
 * when the oldest has been ready. When there are more, each queue is counted up to a limit, so that
 * about {@value #MAX_ENTRIES} index entries are read in all. The other statuses share an
 * aggregation until there are more than {@value #MAX_ENTRIES}; then each has one and a limit of its
 * own, so that however many jobs wait for a retry, those that run are counted. Only indexes of
 * unfinished jobs are read, and no documents.
 */
public final class QueueCounting {
  private static final int MAX_EXACT = 100_000;
  private static final int MAX_ENTRIES = 1_000_000;

  /** Up to this many jobs of each status are counted in a queue, however many queues there are. */
  private static final int MIN_LIMIT = 1_000;

  private static final String JOBS = "jobs";
  private static final String OLDEST = "oldest";

  private static final Set<JobStatus> UNDERWAY =
      EnumSet.of(JobStatus.STARTED, JobStatus.INTERRUPT, JobStatus.RETRY);

  /** The least order that {@link JobOrder} gives for a date from 1970 on. */
  private static final double LEAST_ORDER = -(double) JobOrder.MAX_PRIORITY * JobOrder.STEP;

  /** All orders are below it; a double holds every whole number up to it. */
  private static final double GREATEST_ORDER = 1L << 53;

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

  /** What was counted of a queue. */
  private static final class Tally {
    final Map<JobStatus, Long> jobs = new EnumMap<>(JobStatus.class);
    final Set<JobStatus> atLeast = EnumSet.noneOf(JobStatus.class);
    @Nullable Instant oldest;

    QueueCount of(String queue) {
      return new QueueCount(queue, jobs, oldest, atLeast);
    }
  }

  /** The counts of all queues, ordered by name. */
  public List<QueueCount> count() {
    Map<String, Tally> tallies = new TreeMap<>();
    int most = Math.max(maxExact, maxEntries);
    Set<JobStatus> cut = EnumSet.noneOf(JobStatus.class);
    if (add(pipeline(UNDERWAY, most, byQueue()), tallies) > most) {
      tallies.clear();
      for (JobStatus status : UNDERWAY) {
        if (add(pipeline(Set.of(status), most, byQueue()), tallies) > most) {
          cut.add(status);
        }
      }
    }
    long groups = tallies.values().stream().mapToLong(tally -> tally.jobs.size()).sum();
    Document withOldest = byQueue().append(OLDEST, new Document("$min", readySince()));
    long queued = add(pipeline(Set.of(JobStatus.QUEUED), maxExact, withOldest), tallies);
    if (queued > maxExact) {
      limitQueued(groups, tallies);
    }
    // Any queue may have jobs among those that were not read.
    tallies.values().forEach(tally -> tally.atLeast.addAll(cut));
    List<QueueCount> counts = new ArrayList<>();
    tallies.forEach((queue, tally) -> counts.add(tally.of(queue)));
    return counts;
  }

  /**
   * What {@link JobOrder#readySince} computes; null where the field holds no order: anybody may
   * have written a text, a date or NaN, and one such job must not end the counts of all.
   */
  private static Document readySince() {
    String field = "$" + JobFields.ORDER;
    Document isOrder =
        new Document(
            "$and",
            List.of(
                new Document("$gte", List.of(field, LEAST_ORDER)),
                new Document("$lte", List.of(field, GREATEST_ORDER))));
    Document positive = new Document("$subtract", List.of(field, LEAST_ORDER));
    Document date = new Document("$mod", List.of(positive, (double) JobOrder.STEP));
    return new Document("$cond", Arrays.asList(isOrder, date, null));
  }

  private static Document byQueue() {
    Document key =
        new Document(JobFields.QUEUE, "$" + JobFields.QUEUE)
            .append(JobFields.STATUS, "$" + JobFields.STATUS);
    return new Document(JobFields.ID, key).append(JOBS, new Document("$sum", 1));
  }

  /** Reads one job more than asked for, which tells whether there are more. */
  private static List<Document> pipeline(Set<JobStatus> statuses, int most, Document group) {
    return List.of(
        new Document("$match", new Document(JobFields.STATUS, JobFilters.any(statuses))),
        new Document("$limit", most + 1),
        new Document("$group", group));
  }

  /** Adds the groups of an aggregation to the counts; returns how many jobs they have. */
  private long add(List<Document> pipeline, Map<String, Tally> tallies) {
    long seen = 0;
    for (RawBsonDocument group : jobs.aggregate(pipeline)) {
      seen += add(group, tallies);
    }
    return seen;
  }

  private static long add(RawBsonDocument group, Map<String, Tally> tallies) {
    FieldReader fields = new FieldReader(PlainBson.decode(group));
    FieldReader key = new FieldReader(fields.map(JobFields.ID));
    String queue = key.text(JobFields.QUEUE);
    String status = key.text(JobFields.STATUS);
    Long number = fields.whole(JOBS);
    Long oldest = fields.whole(OLDEST);
    // Somebody wrote a document by hand that has no queue; it counts for none.
    if (queue != null && status != null && number != null) {
      Tally tally = tallies.computeIfAbsent(queue, _ -> new Tally());
      JobStatus.ofText(status).ifPresent(s -> tally.jobs.put(s, number));
      if (oldest != null) {
        tally.oldest = Instant.ofEpochMilli(oldest);
      }
    }
    return number == null ? 0 : number;
  }

  /**
   * Counts the queued jobs of each queue up to a limit.
   *
   * @param others how many other counts there are, which have their share of what may be read
   */
  private void limitQueued(long others, Map<String, Tally> tallies) {
    Document queued = new Document(JobFields.STATUS, JobStatus.QUEUED.text());
    List<BsonValue> queues =
        jobs.distinct(JobFields.QUEUE, queued, BsonValue.class).into(new ArrayList<>());
    int limit = (int) Math.max(minLimit, maxEntries / Math.max(1, others + queues.size()));
    for (BsonValue queue : queues) {
      if (queue.isString()) {
        String name = queue.asString().getValue();
        Document of = new Document(queued).append(JobFields.QUEUE, name);
        long number = jobs.countDocuments(of, new CountOptions().limit(limit));
        if (number > 0) {
          Tally tally = tallies.computeIfAbsent(name, _ -> new Tally());
          tally.jobs.put(JobStatus.QUEUED, number);
          tally.oldest = oldest(name);
          if (number >= limit) {
            tally.atLeast.add(JobStatus.QUEUED);
          }
        }
      }
    }
  }

  /** Looks at the first job of each priority, as the oldest may have any. */
  private @Nullable Instant oldest(String queue) {
    Instant oldest = null;
    Long first = first(queue, null);
    while (first != null) {
      Instant ready = JobOrder.readySince(first);
      oldest = oldest == null || ready.isBefore(oldest) ? ready : oldest;
      first = first(queue, JobOrder.nextPriority(first));
    }
    return oldest;
  }

  /** The least order of the jobs that wait in a queue, from this one on; null from the least. */
  private @Nullable Long first(String queue, @Nullable Long from) {
    // What is no order is left out; so the places end, and each is greater than the one before.
    Document range =
        new Document("$gte", from == null ? LEAST_ORDER : (double) from)
            .append("$lte", GREATEST_ORDER);
    RawBsonDocument first =
        jobs.find(QueuePlaces.waiting(queue).append(JobFields.ORDER, range))
            .sort(ReadyJobs.ORDER)
            .projection(new Document(JobFields.ORDER, 1))
            .limit(1)
            .first();
    return first == null ? null : new FieldReader(PlainBson.decode(first)).whole(JobFields.ORDER);
  }
}
