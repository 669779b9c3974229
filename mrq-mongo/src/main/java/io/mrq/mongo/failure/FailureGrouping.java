package io.mrq.mongo.failure;

import com.mongodb.client.MongoCollection;
import io.mrq.failure.FailureGroup;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.job.JobFields;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Groups failed jobs in the server. The index of failures holds everything it needs, so that no
 * document is read; the server sends only as many groups as were asked for.
 */
public final class FailureGrouping {
  private static final String COUNT = "n";
  private static final String FIRST = "first";
  private static final String LAST = "last";
  private static final String SAMPLE = "sample";
  private static final String OLDEST = "oldest";
  private static final String PARTS = "parts";
  private static final String HOUR = "hour";

  /** The hour of a failure that is older than the history. */
  private static final int LONG_AGO = -1;

  /** MongoDB orders values by type first, so that between these two there are only dates. */
  private static final Instant FIRST_DATE = Instant.ofEpochMilli(Long.MIN_VALUE);

  private static final Instant LAST_DATE = Instant.ofEpochMilli(Long.MAX_VALUE);

  private final MongoCollection<RawBsonDocument> jobs;

  public FailureGrouping(MongoCollection<RawBsonDocument> jobs) {
    this.jobs = jobs;
  }

  /**
   * The largest groups.
   *
   * @param conditions which jobs
   * @param now the end of the history
   */
  public List<FailureGroup> groups(Document conditions, Instant now, int limit) {
    Instant from =
        now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(FailureGroup.HOURS - 1L));
    List<FailureGroup> groups = new ArrayList<>();
    jobs.aggregate(pipeline(conditions, from, limit))
        .forEach(document -> group(document).ifPresent(groups::add));
    return groups;
  }

  private static List<Document> pipeline(Document conditions, Instant from, int limit) {
    Document key = new Document();
    for (String field : List.of(JobFields.PATH, JobFields.EXCEPTIONTYPE, JobFields.FINGERPRINT)) {
      key.append(field, "$_id." + field);
    }
    Document part =
        new Document(JobFields.STATUS, "$_id." + JobFields.STATUS)
            .append(HOUR, "$_id." + HOUR)
            .append(COUNT, "$" + COUNT);
    return List.of(
        new Document("$match", conditions),
        new Document("$group", byHour(from)),
        new Document(
            "$group",
            new Document(JobFields.ID, key)
                .append(COUNT, new Document("$sum", "$" + COUNT))
                .append(FIRST, new Document("$min", "$" + FIRST))
                .append(LAST, new Document("$max", "$" + LAST))
                .append(SAMPLE, new Document("$max", "$" + SAMPLE))
                .append(OLDEST, new Document("$min", "$" + OLDEST))
                .append(PARTS, new Document("$push", part))),
        new Document("$sort", new Document(COUNT, -1).append(JobFields.ID, 1)),
        new Document("$limit", limit));
  }

  private static Document byHour(Instant from) {
    Document key = new Document();
    for (String field :
        List.of(JobFields.PATH, JobFields.EXCEPTIONTYPE, JobFields.FINGERPRINT, JobFields.STATUS)) {
      key.append(field, "$" + field);
    }
    Document date = date();
    Document hours =
        new Document(
            "$floor",
            new Document(
                "$divide",
                List.of(
                    new Document("$subtract", List.of(date, from)),
                    Duration.ofHours(1).toMillis())));
    key.append(
        HOUR,
        new Document("$cond", List.of(new Document("$gte", List.of(date, from)), hours, LONG_AGO)));
    return new Document(JobFields.ID, key)
        .append(COUNT, new Document("$sum", 1))
        .append(FIRST, new Document("$min", date))
        .append(LAST, new Document("$max", date))
        .append(SAMPLE, new Document("$max", "$" + JobFields.ID))
        .append(OLDEST, new Document("$min", "$" + JobFields.ID));
  }

  /** The date of the last change of status; null where the field holds no date. */
  private static Document date() {
    String field = "$" + JobFields.DATEUPDATED;
    Document isDate =
        new Document(
            "$and",
            List.of(
                new Document("$gte", List.of(field, FIRST_DATE)),
                new Document("$lte", List.of(field, LAST_DATE))));
    return new Document("$cond", Arrays.asList(isDate, field, null));
  }

  private static Optional<FailureGroup> group(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    FieldReader key = new FieldReader(fields.map(JobFields.ID));
    String path = key.text(JobFields.PATH);
    String exceptiontype = key.text(JobFields.EXCEPTIONTYPE);
    String sample = fields.id(SAMPLE);
    String oldest = fields.id(OLDEST);
    Map<JobStatus, Long> statuses = new EnumMap<>(JobStatus.class);
    List<Long> history = new ArrayList<>(Collections.nCopies(FailureGroup.HOURS, 0L));
    fields.list(PARTS).forEach(part -> add(part, statuses, history));
    // Somebody wrote a document by hand that has no task, or whose id is no ObjectId.
    return path == null || exceptiontype == null || sample == null || statuses.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new FailureGroup(
                path,
                exceptiontype,
                key.text(JobFields.FINGERPRINT),
                statuses,
                fields.date(FIRST),
                fields.date(LAST),
                history,
                new JobId(sample),
                new JobId(oldest == null ? sample : oldest)));
  }

  private static void add(
      @Nullable Object part, Map<JobStatus, Long> statuses, List<Long> history) {
    FieldReader fields = FieldReader.of(part);
    if (fields == null) {
      return;
    }
    String status = fields.text(JobFields.STATUS);
    int hour = fields.count(HOUR);
    long number = fields.count(COUNT);
    if (status != null) {
      JobStatus.ofText(status).ifPresent(s -> statuses.merge(s, number, Long::sum));
    }
    if (hour >= 0) {
      // A clock that is ahead may date a failure into the next hour; it counts in this one.
      int place = Math.min(hour, FailureGroup.HOURS - 1);
      history.set(place, history.get(place) + number);
    }
  }
}
