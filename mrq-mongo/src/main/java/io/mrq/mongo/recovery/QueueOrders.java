package io.mrq.mongo.recovery;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.UpdateOneModel;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobChanges;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.job.QueuePlaces;
import io.mrq.mongo.job.ReadyJobs;
import io.mrq.recovery.RecoveryStore.QueueHead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads the order of queues, and gives queued jobs the order and the lane that Python did not
 * write.
 */
final class QueueOrders {
  private final MongoCollection<RawBsonDocument> jobs;
  private final JobChanges changes;

  QueueOrders(MongoCollection<RawBsonDocument> jobs, JobChanges changes) {
    this.jobs = jobs;
    this.changes = changes;
  }

  int adopt(String queue, int limit) {
    if (limit <= 0) {
      return 0;
    }
    List<UpdateOneModel<RawBsonDocument>> writes = new ArrayList<>();
    MongoErrors.run(
        "reading jobs that nobody has adopted",
        () ->
            jobs.find(QueuePlaces.unadopted(queue))
                .limit(limit)
                .batchSize(limit)
                .projection(QueuePlaces.FIELDS)
                .forEach(document -> QueuePlaces.adoption(document).ifPresent(writes::add)));
    return writes.isEmpty()
        ? 0
        : MongoErrors.answer(
            "adopting %d jobs".formatted(writes.size()),
            () -> changes.allowed(writes).getModifiedCount());
  }

  QueueHead head(String queue, int limit) {
    List<ReadyJob> head = new ArrayList<>();
    List<ReadyJob> outOfPlace = new ArrayList<>();
    if (limit > 0) {
      MongoErrors.run(
          "reading the head of a queue",
          () ->
              jobs.find(QueuePlaces.waiting(queue))
                  .sort(ReadyJobs.ORDER)
                  .limit(limit)
                  .batchSize(limit)
                  .projection(QueuePlaces.FIELDS)
                  .forEach(document -> {
                    QueuePlaces.of(document).ifPresent(head::add);
                    QueuePlaces.corrected(document).ifPresent(outOfPlace::add);
                  }));
    }
    return new QueueHead(head, outOfPlace);
  }

  void reorder(Collection<ReadyJob> outOfPlace) {
    if (outOfPlace.isEmpty()) {
      return;
    }
    List<UpdateOneModel<RawBsonDocument>> writes =
        outOfPlace.stream().map(QueueOrders::later).toList();
    MongoErrors.run(
        "giving %d jobs their order".formatted(writes.size()), () -> changes.allowed(writes));
  }

  /** Gives a queued job its order, unless it has that or a later one. */
  private static UpdateOneModel<RawBsonDocument> later(ReadyJob job) {
    double order = job.order();
    return new UpdateOneModel<>(
        new Document(JobFields.ID, JobFilters.id(job.id()))
            .append(JobFields.STATUS, JobStatus.QUEUED.text())
            .append(JobFields.ORDER, new Document("$lt", order)),
        new Document("$set", new Document(JobFields.ORDER, order)),
        ById.update());
  }

  List<ReadyJob> inOrder(String queue, @Nullable ReadyJob after, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    if (after == null) {
      return ReadyJobs.read(
          "reading a queue in order",
          jobs.find(QueuePlaces.waiting(queue)).sort(ReadyJobs.ORDER),
          limit);
    }
    // Two reads, each an exact range of the index: one read with $or would walk from the head.
    double place = after.order();
    Document sameOrder =
        QueuePlaces.waiting(queue)
            .append(JobFields.ORDER, place)
            .append(JobFields.ID, new Document("$gt", JobFilters.id(after.id())));
    List<ReadyJob> found =
        ReadyJobs.read(
            "reading a queue in order",
            // By the id alone: with the order before it, which is the same for all, MongoDB would
            // not merge the two lanes by the index, but sort all jobs of that order.
            jobs.find(sameOrder).sort(new Document(JobFields.ID, 1)),
            limit);
    if (found.size() < limit) {
      Document later =
          QueuePlaces.waiting(queue).append(JobFields.ORDER, new Document("$gt", place));
      found.addAll(
          ReadyJobs.read(
              "reading a queue in order",
              jobs.find(later).sort(ReadyJobs.ORDER),
              limit - found.size()));
    }
    return found;
  }
}
