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

/** Reads the order of queues, and gives queued jobs an order that Python did not write. */
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
    Document unordered = queued(queue).append(JobFields.ORDER, null);
    List<UpdateOneModel<RawBsonDocument>> writes =
        ReadyJobs.read("reading jobs without an order", jobs.find(unordered), limit).stream()
            .map(job -> ordered(job, null))
            .toList();
    return writes.isEmpty()
        ? 0
        : MongoErrors.answer(
            "giving %d jobs an order".formatted(writes.size()),
            () -> changes.allowed(writes).getModifiedCount());
  }

  QueueHead head(String queue, int limit) {
    List<ReadyJob> head = new ArrayList<>();
    List<ReadyJob> outOfPlace = new ArrayList<>();
    if (limit > 0) {
      MongoErrors.run(
          "reading the head of a queue",
          () ->
              jobs.find(queued(queue))
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
    // Only to a later place: a job that was requeued meanwhile has a later order already.
    List<UpdateOneModel<RawBsonDocument>> writes =
        outOfPlace.stream()
            .map(job -> ordered(job, new Document("$lt", (double) job.order())))
            .toList();
    MongoErrors.run(
        "giving %d jobs their order".formatted(writes.size()), () -> changes.allowed(writes));
  }

  /**
   * Sets the order of a queued job.
   *
   * @param present the condition on its present order; null: it has none
   */
  private static UpdateOneModel<RawBsonDocument> ordered(ReadyJob job, @Nullable Document present) {
    return new UpdateOneModel<>(
        new Document(JobFields.ID, JobFilters.id(job.id()))
            .append(JobFields.STATUS, JobStatus.QUEUED.text())
            .append(JobFields.ORDER, present),
        new Document("$set", new Document(JobFields.ORDER, (double) job.order())),
        ById.update());
  }

  List<ReadyJob> inOrder(String queue, @Nullable ReadyJob after, int limit) {
    if (limit <= 0) {
      return List.of();
    }
    if (after == null) {
      return ReadyJobs.read(
          "reading a queue in order", jobs.find(queued(queue)).sort(ReadyJobs.ORDER), limit);
    }
    // Two reads, each an exact range of the index: one read with $or would walk from the head.
    double place = after.order();
    Document sameOrder =
        queued(queue)
            .append(JobFields.ORDER, place)
            .append(JobFields.ID, new Document("$gt", JobFilters.id(after.id())));
    List<ReadyJob> found =
        ReadyJobs.read(
            "reading a queue in order", jobs.find(sameOrder).sort(ReadyJobs.ORDER), limit);
    if (found.size() < limit) {
      Document later = queued(queue).append(JobFields.ORDER, new Document("$gt", place));
      found.addAll(
          ReadyJobs.read(
              "reading a queue in order",
              jobs.find(later).sort(ReadyJobs.ORDER),
              limit - found.size()));
    }
    return found;
  }

  private static Document queued(String queue) {
    return new Document(JobFields.QUEUE, queue).append(JobFields.STATUS, JobStatus.QUEUED.text());
  }
}
