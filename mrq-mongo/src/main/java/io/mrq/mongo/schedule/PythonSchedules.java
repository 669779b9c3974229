package io.mrq.mongo.schedule;

import com.mongodb.client.MongoCollection;
import io.mrq.hash.Sha256;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.schedule.Recurrence;
import io.mrq.schedule.Recurrence.DailyAt;
import io.mrq.schedule.Recurrence.Every;
import io.mrq.schedule.Recurrence.MonthlyAt;
import io.mrq.schedule.Recurrence.WeeklyAt;
import io.mrq.schedule.ScheduleDefinition;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code mrq_scheduled_jobs}, the schedules of Python MRQ: {@code {hash, path, params, queue,
 * interval, dailytime, weekday, monthday, datelastqueued}}. Nothing is changed there, since a
 * Python scheduler deletes what is not in its own list.
 */
final class PythonSchedules {
  private static final Logger log = LoggerFactory.getLogger(PythonSchedules.class);
  private static final int MAX = 1000;
  private static final int MAX_PATH_IN_NAME = 60;
  private static final int HASH_IN_NAME = 12;

  private final MongoCollection<RawBsonDocument> documents;

  PythonSchedules(MongoCollection<RawBsonDocument> documents) {
    this.documents = documents;
  }

  List<ScheduleDefinition> all() {
    List<ScheduleDefinition> found = new ArrayList<>();
    documents
        .find()
        .limit(MAX)
        .batchSize(MAX + 1)
        .forEach(document -> read(document).ifPresent(found::add));
    return found;
  }

  private static Optional<ScheduleDefinition> read(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String hash = fields.text("hash");
    String path = fields.text("path");
    Instant last = fields.date("datelastqueued");
    Recurrence recurrence = recurrence(fields);
    if (hash == null || path == null || recurrence == null) {
      log.warn(
          "A document in mrq_scheduled_jobs says no times that can be taken over; its _id is {}",
          document.get("_id"));
      return Optional.empty();
    }
    // An interval goes on from its last job; one that never ran begins at once.
    boolean goesOn = recurrence instanceof Every && last != null && last.isAfter(Instant.EPOCH);
    return Optional.of(
        ScheduleDefinition.builder(name(path, hash), path, recurrence)
            .params(fields.map("params"))
            .queue(fields.text("queue"))
            .start(goesOn ? last : null)
            .build());
  }

  /** A time of day comes first: Python stores an interval of a day beside it. */
  private static @Nullable Recurrence recurrence(FieldReader fields) {
    Instant date = fields.date("dailytime");
    Integer weekday = fields.integer("weekday");
    Integer monthday = fields.integer("monthday");
    Duration interval = fields.seconds("interval");
    if (date != null) {
      LocalTime at = LocalTime.ofInstant(date, ZoneOffset.UTC);
      if (weekday != null) {
        return weekday >= 0 && weekday <= 6 ? new WeeklyAt(DayOfWeek.of(weekday + 1), at) : null;
      }
      return monthday == null ? new DailyAt(at) : new MonthlyAt(monthday, at);
    }
    boolean hasDay = weekday != null || monthday != null;
    return interval == null || hasDay ? null : new Every(Duration.ofMillis(interval.toMillis()));
  }

  private static String name(String path, String hash) {
    String legal = path.replaceAll("[^A-Za-z0-9._-]", "_");
    String begin = legal.substring(0, Math.min(legal.length(), MAX_PATH_IN_NAME));
    return "python:%s:%s".formatted(begin, Sha256.hex(hash).substring(0, HASH_IN_NAME));
  }
}
