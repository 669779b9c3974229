package io.mrq.mongo.queue;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOptions;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.ReadyJob;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.job.QueuePlaces;
import io.mrq.mongo.job.ReadyJobs;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.ParkedTasks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Parked jobs on MongoDB. Such a job is queued in the lane {@code ?path}, which no reader of the
 * shared lane sees. Each call is one round trip.
 */
public final class MongoParkedTasks implements ParkedTasks {
  private static final String ID = "_id";
  private static final int MAX_COUNTED = 100_000;

  private final MongoCollection<RawBsonDocument> jobs;
  private final MongoCollection<RawBsonDocument> queues;

  public MongoParkedTasks(StoreCollections collections) {
    this.jobs = collections.jobs();
    this.queues = collections.queues();
  }

  @Override
  public List<ParkedTask> notes() {
    List<ParkedTask> found = new ArrayList<>();
    MongoErrors.run(
        "reading of which tasks jobs are parked",
        () ->
            queues
                .find(new Document(ParkedNotes.PARKED, new Document("$exists", true)))
                .projection(new Document(ParkedNotes.PARKED, 1))
                .sort(new Document(ID, 1))
                .forEach(document -> {
                  FieldReader fields = new FieldReader(PlainBson.decode(document));
                  String queue = fields.text(ID);
                  if (queue != null) {
                    found.addAll(ParkedNotes.of(queue, fields));
                  }
                }));
    return found;
  }

  @Override
  public void note(String queue, Collection<String> paths, Instant now) {
    Document fields = new Document();
    for (String path : paths) {
      fields
          .append(ParkedNotes.name(path, ParkedNotes.PATH), path)
          .append(ParkedNotes.name(path, ParkedNotes.NOTED), now);
    }
    set(queue, fields);
  }

  @Override
  public void note(String queue, List<ParkedTask> counted) {
    Document fields = new Document();
    for (ParkedTask task : counted) {
      fields
          .append(ParkedNotes.name(task.path(), ParkedNotes.PATH), task.path())
          .append(ParkedNotes.name(task.path(), ParkedNotes.NOTED), task.noted())
          .append(ParkedNotes.name(task.path(), ParkedNotes.WAITING), task.waiting())
          .append(ParkedNotes.name(task.path(), ParkedNotes.OLDEST), task.oldest());
    }
    set(queue, fields);
  }

  private void set(String queue, Document fields) {
    if (!fields.isEmpty()) {
      MongoErrors.run(
          "noting of which tasks jobs are parked",
          () ->
              queues.updateOne(
                  new Document(ID, queue),
                  new Document("$set", fields),
                  new UpdateOptions().upsert(true)));
    }
  }

  @Override
  public List<ReadyJob> jobs(String queue, Collection<String> paths, int limit) {
    if (paths.isEmpty() || limit <= 0) {
      return List.of();
    }
    Document parked =
        QueuePlaces.parked(queue)
            .append(
                JobFields.LANE,
                new Document("$in", paths.stream().map(QueuePlaces::parkedLane).toList()));
    return ReadyJobs.read("reading parked jobs", jobs.find(parked).sort(ReadyJobs.ORDER), limit);
  }

  @Override
  public void unpark(String queue, Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return;
    }
    Document parked = JobFilters.ids(ids);
    parked.putAll(QueuePlaces.parked(queue));
    Document update = new Document("$set", new Document(JobFields.LANE, QueuePlaces.SHARED_LANE));
    MongoErrors.run(
        "unparking %d jobs".formatted(ids.size()),
        () -> jobs.updateMany(parked, update, ById.update()));
  }

  @Override
  public List<ParkedTask> count(String queue, Instant now) {
    List<Document> pipeline =
        List.of(
            new Document("$match", QueuePlaces.parked(queue)),
            new Document("$limit", MAX_COUNTED),
            new Document(
                "$group",
                new Document(ID, "$" + JobFields.LANE)
                    .append(ParkedNotes.WAITING, new Document("$sum", 1))
                    .append(ParkedNotes.OLDEST, new Document("$min", "$" + JobFields.ORDER))));
    List<ParkedTask> counts = new ArrayList<>();
    MongoErrors.run(
        "counting parked jobs",
        () ->
            jobs.aggregate(pipeline)
                .forEach(document -> {
                  FieldReader fields = new FieldReader(PlainBson.decode(document));
                  String lane = fields.text(ID);
                  Long order = fields.whole(ParkedNotes.OLDEST);
                  if (lane != null) {
                    counts.add(
                        new ParkedTask(
                            queue,
                            QueuePlaces.parkedPath(lane),
                            now,
                            fields.count(ParkedNotes.WAITING),
                            order == null ? null : JobOrder.readySince(order)));
                  }
                }));
    counts.sort(Comparator.comparing(ParkedTask::path));
    return counts;
  }

  @Override
  public void forget(String queue, String path, Instant notedBefore) {
    Document old =
        new Document(ID, queue)
            .append(ParkedNotes.name(path, ParkedNotes.NOTED), new Document("$lt", notedBefore));
    MongoErrors.run(
        "forgetting that jobs were parked",
        () ->
            queues.updateOne(
                old, new Document("$unset", new Document(ParkedNotes.name(path), ""))));
  }
}
