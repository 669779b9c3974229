package io.mrq.mongo.schedule;

import io.mrq.job.JobId;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleFields;
import io.mrq.schedule.SchedulePause;
import io.mrq.schedule.SlotOutcome;
import io.mrq.schedule.SlotRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedules to documents and back: the fields of the definition (see {@link ScheduleFields}), and
 * {@code {_id: name, owner, anchor, next, waiting, wake, pause: {who, why, at}, enqueuing, decided,
 * open, history: [{slot, outcome, job, at, who}], v}}; what a schedule does not have is absent. A
 * document that is not understood is left out and logged, and other schedules go on.
 */
final class ScheduleDocuments {
  static final String ID = "_id";
  static final String OWNER = "owner";
  static final String WAKE = "wake";
  static final String VERSION = "v";

  private static final String ANCHOR = "anchor";
  private static final String NEXT = "next";
  private static final String WAITING = "waiting";
  private static final String PAUSE = "pause";
  private static final String ENQUEUING = "enqueuing";
  private static final String DECIDED = "decided";
  private static final String OPEN = "open";
  private static final String HISTORY = "history";
  private static final String SLOT = "slot";
  private static final String OUTCOME = "outcome";
  private static final String JOB = "job";
  private static final String AT = "at";
  private static final String WHO = "who";
  private static final String WHY = "why";

  private static final Logger log = LoggerFactory.getLogger(ScheduleDocuments.class);

  private ScheduleDocuments() {}

  /** All fields but the version; those that the schedule does not have are null. */
  static Map<String, @Nullable Object> of(Schedule schedule) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put(ID, schedule.name());
    ScheduleFields.NAMES.forEach(name -> document.put(name, null));
    document.putAll(ScheduleFields.of(schedule.definition()));
    document.put(OWNER, schedule.owner());
    document.put(ANCHOR, schedule.anchor());
    document.put(NEXT, schedule.next());
    document.put(WAITING, schedule.waiting());
    document.put(WAKE, schedule.wake());
    document.put(PAUSE, pause(schedule.pause()));
    document.put(ENQUEUING, documents(schedule.enqueuing()));
    document.put(DECIDED, schedule.decided());
    document.put(OPEN, schedule.open().stream().map(id -> new ObjectId(id.hex())).toList());
    document.put(HISTORY, documents(schedule.history()));
    return document;
  }

  private static @Nullable Map<String, Object> pause(@Nullable SchedulePause pause) {
    return pause == null ? null : Map.of(WHO, pause.who(), WHY, pause.why(), AT, pause.at());
  }

  private static List<Map<String, @Nullable Object>> documents(List<SlotRecord> records) {
    return records.stream().map(ScheduleDocuments::fields).toList();
  }

  private static Map<String, @Nullable Object> fields(SlotRecord slot) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put(SLOT, slot.slot());
    fields.put(OUTCOME, slot.outcome().text());
    fields.put(JOB, slot.job() == null ? null : new ObjectId(slot.job().hex()));
    fields.put(AT, slot.at());
    fields.put(WHO, slot.who());
    fields.values().removeIf(Objects::isNull);
    return fields;
  }

  static Optional<Schedule> read(RawBsonDocument document) {
    try {
      return Optional.of(schedule(new FieldReader(PlainBson.decode(document))));
    } catch (IllegalArgumentException e) {
      log.warn(
          "The schedule {} in mrq_schedules cannot be read, so it has no jobs: {}. Define it anew, or delete its document.",
          document.get(ID),
          e.getMessage());
      return Optional.empty();
    }
  }

  private static Schedule schedule(FieldReader fields) {
    Map<String, @Nullable Object> definition = new LinkedHashMap<>();
    ScheduleFields.NAMES.forEach(name -> definition.put(name, fields.value(name)));
    return new Schedule(
        ScheduleFields.read(required(fields.text(ID), ID), definition),
        required(fields.text(OWNER), OWNER),
        required(fields.date(ANCHOR), ANCHOR),
        fields.date(NEXT),
        fields.date(WAITING),
        pause(fields.map(PAUSE)),
        records(fields.list(ENQUEUING)),
        fields.date(DECIDED),
        fields.list(OPEN).stream().map(id -> new JobId(String.valueOf(id))).toList(),
        records(fields.list(HISTORY)),
        required(fields.whole(VERSION), VERSION));
  }

  private static @Nullable SchedulePause pause(Map<String, @Nullable Object> map) {
    FieldReader fields = new FieldReader(new LinkedHashMap<>(map));
    return map.isEmpty()
        ? null
        : new SchedulePause(
            Objects.requireNonNullElse(fields.text(WHO), ""),
            Objects.requireNonNullElse(fields.text(WHY), ""),
            Objects.requireNonNullElse(fields.date(AT), Instant.EPOCH));
  }

  private static List<SlotRecord> records(List<@Nullable Object> list) {
    return list.stream()
        .map(each -> {
          FieldReader fields = FieldReader.of(each);
          if (fields == null) {
            throw new IllegalArgumentException("a slot is no document");
          }
          return record(fields);
        })
        .toList();
  }

  private static SlotRecord record(FieldReader fields) {
    String outcome = fields.text(OUTCOME);
    return new SlotRecord(
        required(fields.date(SLOT), SLOT),
        Arrays.stream(SlotOutcome.values())
            .filter(known -> known.text().equals(outcome))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("an outcome is unknown: " + outcome)),
        fields.id(JOB, JobId::new),
        required(fields.date(AT), AT),
        fields.text(WHO));
  }

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException("it has no " + field);
    }
    return value;
  }
}
