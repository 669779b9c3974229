package io.mrq.mongo.schedule;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import io.mrq.job.ClaimToken;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.collection.RepeatableInsert;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Schedules on MongoDB, see {@link ScheduleDocuments}. Each call is one round trip; {@code replace}
 * is two when not all were replaced. A replacement also leaves a token, {@code by}, that tells
 * which of them won. Fields that are not known here stay.
 */
public final class MongoScheduleStore implements ScheduleStore {
  private static final String BY = "by";
  private static final int MAX_OWNED = 1000;

  private final MongoCollection<RawBsonDocument> schedules;
  private final PythonSchedules python;
  private final MongoDatabase database;

  public MongoScheduleStore(StoreCollections collections) {
    this.schedules = collections.schedules();
    this.python = new PythonSchedules(collections.pythonSchedules());
    this.database = collections.database();
  }

  @Override
  public Instant now() {
    return MongoErrors.answer(
        "asking for the time",
        () -> {
          Document answer = database.runCommand(new Document("hello", 1));
          return answer.getDate("localTime").toInstant();
        });
  }

  @Override
  public boolean create(Schedule schedule) {
    Map<String, @Nullable Object> fields = ScheduleDocuments.of(schedule);
    fields.values().removeIf(value -> value == null);
    fields.put(ScheduleDocuments.VERSION, schedule.version());
    RawBsonDocument document = PlainBson.encode(fields);
    return MongoErrors.answer(
        "storing a schedule", () -> RepeatableInsert.one(schedules, document));
  }

  @Override
  public Optional<Schedule> find(String name) {
    return MongoErrors.answer(
        "reading a schedule",
        () ->
            Optional.ofNullable(schedules.find(new Document(ScheduleDocuments.ID, name)).first())
                .flatMap(ScheduleDocuments::read));
  }

  @Override
  public List<Schedule> list(@Nullable String after, int limit) {
    Document later =
        after == null
            ? new Document()
            : new Document(ScheduleDocuments.ID, new Document("$gt", after));
    return read("listing schedules", schedules.find(later).sort(ById.INDEX), limit);
  }

  @Override
  public List<Schedule> ownedBy(String owner) {
    Document own = new Document(ScheduleDocuments.OWNER, owner);
    return read("reading schedules", schedules.find(own).sort(ById.INDEX), MAX_OWNED);
  }

  @Override
  public List<Schedule> due(Instant by, int limit) {
    Document early = new Document(ScheduleDocuments.WAKE, new Document("$lte", by));
    return read(
        "looking for schedules that are due",
        schedules.find(early).sort(new Document(ScheduleDocuments.WAKE, 1)),
        limit);
  }

  private static List<Schedule> read(
      String doing, FindIterable<RawBsonDocument> documents, int limit) {
    List<Schedule> found = new ArrayList<>();
    if (limit > 0) {
      MongoErrors.run(
          doing,
          () ->
              documents
                  .limit(limit)
                  .batchSize(limit + 1)
                  .forEach(document -> ScheduleDocuments.read(document).ifPresent(found::add)));
    }
    return found;
  }

  @Override
  public List<ScheduleDefinition> ofPython() {
    return MongoErrors.answer("reading the schedules of Python MRQ", python::all);
  }

  @Override
  public Set<String> replace(Collection<Schedule> changed) {
    if (changed.isEmpty()) {
      return Set.of();
    }
    ObjectId token = new ObjectId(ClaimToken.next().hex());
    List<UpdateOneModel<RawBsonDocument>> updates =
        changed.stream().map(schedule -> replacement(schedule, token)).toList();
    Set<String> names = changed.stream().map(Schedule::name).collect(Collectors.toSet());
    return MongoErrors.answer(
        "storing schedules",
        () -> {
          int matched =
              schedules.bulkWrite(updates, new BulkWriteOptions().ordered(false)).getMatchedCount();
          return matched == names.size() ? names : replacedBy(token, names);
        });
  }

  private static UpdateOneModel<RawBsonDocument> replacement(Schedule schedule, ObjectId token) {
    Document seen =
        new Document(ScheduleDocuments.ID, schedule.name())
            .append(ScheduleDocuments.VERSION, schedule.version());
    Map<String, @Nullable Object> set = new LinkedHashMap<>();
    Map<String, @Nullable Object> unset = new LinkedHashMap<>();
    ScheduleDocuments.of(schedule)
        .forEach(
            (field, value) -> (value == null ? unset : set).put(field, value == null ? "" : value));
    set.remove(ScheduleDocuments.ID);
    set.put(ScheduleDocuments.VERSION, schedule.version() + 1);
    set.put(BY, token);
    return new UpdateOneModel<>(
        seen, PlainBson.encode(Map.of("$set", set, "$unset", unset)), ById.update());
  }

  private Set<String> replacedBy(ObjectId token, Set<String> names) {
    Document ours = ById.any(names.stream().map(BsonString::new).toList()).append(BY, token);
    Set<String> won = new HashSet<>();
    ById.find(schedules, ours, names.size())
        .projection(ById.INDEX)
        .forEach(document -> won.add(document.getString(ScheduleDocuments.ID).getValue()));
    return won;
  }

  @Override
  public boolean delete(Schedule seen) {
    Document same =
        new Document(ScheduleDocuments.ID, seen.name())
            .append(ScheduleDocuments.VERSION, seen.version());
    return MongoErrors.answer(
        "deleting a schedule", () -> schedules.deleteOne(same).getDeletedCount() == 1);
  }
}
