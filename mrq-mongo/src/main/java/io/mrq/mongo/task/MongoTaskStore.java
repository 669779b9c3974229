package io.mrq.mongo.task;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import io.mrq.mongo.collection.LimitedDelete;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.task.TaskOverride;
import io.mrq.task.TaskRelease;
import io.mrq.task.TaskSetting;
import io.mrq.task.TaskStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Releases in {@code mrq_tasks}, see {@link ReleaseDocuments}, and overrides in {@code
 * mrq_task_settings}: {@code {_id: path, settings: {…}, who, date}}. Both collections are small and
 * have no index but that of {@code _id}. Each call is one round trip, a deletion two.
 */
public final class MongoTaskStore implements TaskStore {
  private static final String ID = ReleaseDocuments.ID;
  private static final String SETTINGS = "settings";
  private static final String WHO = "who";
  private static final String DATE = "date";

  private final MongoCollection<RawBsonDocument> releases;
  private final MongoCollection<RawBsonDocument> overrides;

  public MongoTaskStore(StoreCollections collections) {
    this.releases = collections.tasks();
    this.overrides = collections.taskSettings();
  }

  @Override
  public void publish(TaskRelease release) {
    Map<String, Object> update = new LinkedHashMap<>();
    update.put("$setOnInsert", ReleaseDocuments.content(release));
    update.put("$max", Map.of(ReleaseDocuments.SEEN, release.seen()));
    RawBsonDocument encoded = PlainBson.encode(update);
    MongoErrors.run(
        "publishing the tasks of this application",
        () ->
            releases.updateOne(
                new Document(ID, release.id()), encoded, new UpdateOptions().upsert(true)));
  }

  @Override
  public boolean renew(String id, Instant now, Instant ifBefore) {
    Document same = new Document(ID, id);
    Document old = new Document(same).append(ReleaseDocuments.SEEN, new Document("$lt", ifBefore));
    Document update = new Document("$set", new Document(ReleaseDocuments.SEEN, now));
    return MongoErrors.answer(
        "telling that the tasks of this application are still known",
        () ->
            releases.updateOne(old, update).getMatchedCount() == 1
                || releases.find(same).projection(new Document(ID, 1)).first() != null);
  }

  @Override
  public List<TaskRelease> releases() {
    return read(new Document(), new Document(ReleaseDocuments.TASKS, 0));
  }

  @Override
  public List<TaskRelease> load(Collection<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : read(new Document(ID, new Document("$in", List.copyOf(ids))), new Document());
  }

  private List<TaskRelease> read(Document filter, Document projection) {
    List<TaskRelease> found = new ArrayList<>();
    MongoErrors.run(
        "reading which tasks workers know",
        () ->
            releases
                .find(filter)
                .projection(projection)
                .sort(new Document(ReleaseDocuments.SINCE, 1).append(ID, 1))
                .forEach(document ->
                    ReleaseDocuments.release(PlainBson.decode(document)).ifPresent(found::add)));
    return found;
  }

  @Override
  public List<TaskOverride> overrides() {
    List<TaskOverride> found = new ArrayList<>();
    MongoErrors.run(
        "reading the settings of tasks",
        () ->
            overrides
                .find()
                .sort(new Document(ID, 1))
                .forEach(document -> override(document).ifPresent(found::add)));
    return found;
  }

  private static Optional<TaskOverride> override(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String path = fields.text(ID);
    Map<TaskSetting, Object> settings = new EnumMap<>(TaskSetting.class);
    fields.map(SETTINGS).forEach((name, value) -> put(settings, name, value));
    Instant date = fields.date(DATE);
    return path == null || settings.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new TaskOverride(
                path,
                settings,
                Objects.requireNonNullElse(fields.text(WHO), ""),
                date == null ? Instant.EPOCH : date));
  }

  private static void put(Map<TaskSetting, Object> settings, String name, @Nullable Object value) {
    if (value != null) {
      TaskSetting.ofText(name).ifPresent(setting -> settings.put(setting, value));
    }
  }

  @Override
  public void override(
      String path,
      Map<TaskSetting, Object> set,
      Collection<TaskSetting> reset,
      String who,
      Instant now) {
    Map<String, Object> fields = new LinkedHashMap<>();
    set.forEach((setting, value) -> fields.put(SETTINGS + "." + setting.text(), value));
    fields.put(WHO, who);
    fields.put(DATE, now);
    Map<String, Object> update = new LinkedHashMap<>();
    update.put("$set", fields);
    Map<String, Object> unset = new LinkedHashMap<>();
    reset.forEach(setting -> unset.put(SETTINGS + "." + setting.text(), ""));
    if (!unset.isEmpty()) {
      update.put("$unset", unset);
    }
    RawBsonDocument encoded = PlainBson.encode(update);
    MongoErrors.run(
        "changing the settings of a task",
        () ->
            overrides.updateOne(
                new Document(ID, path), encoded, new UpdateOptions().upsert(!set.isEmpty())));
  }

  @Override
  public long deleteUnseen(Instant before, int limit) {
    Document old = new Document(ReleaseDocuments.SEEN, new Document("$lt", before));
    return MongoErrors.answer(
        "deleting what workers of the past knew", () -> LimitedDelete.of(releases, old, limit));
  }
}
