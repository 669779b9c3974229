package io.mrq.mongo.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.Run;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.store.RunState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Writes the progress of many runs: one round trip, and one more when a run is not stored any more.
 */
final class ProgressWrites {
  private final MongoCollection<RawBsonDocument> jobs;

  ProgressWrites(MongoCollection<RawBsonDocument> jobs) {
    this.jobs = jobs.withWriteConcern(WriteConcern.W1);
  }

  /**
   * Writes the ratios.
   *
   * @param states reads which runs are stored
   * @return the runs that are not stored any more
   */
  List<Run> write(
      Map<Run, Double> ratios, Function<Collection<JobId>, Map<JobId, RunState>> states) {
    if (ratios.isEmpty()) {
      return List.of();
    }
    List<UpdateOneModel<RawBsonDocument>> writes = new ArrayList<>(ratios.size());
    ratios.forEach((run, ratio) -> writes.add(write(run, ratio)));
    int matched =
        MongoErrors.answer(
            "storing the progress of %d runs".formatted(writes.size()), () -> matched(writes));
    return matched == writes.size() ? List.of() : gone(ratios, states);
  }

  private int matched(List<UpdateOneModel<RawBsonDocument>> writes) {
    try {
      return jobs.bulkWrite(writes, new BulkWriteOptions().ordered(false)).getMatchedCount();
    } catch (MongoBulkWriteException e) {
      if (!MongoErrors.isRefusal(e)) {
        throw e;
      }
      // The other runs have their progress; that of this one is lost, which harms nothing.
      return e.getWriteResult().getMatchedCount();
    }
  }

  private static UpdateOneModel<RawBsonDocument> write(Run run, double ratio) {
    return new UpdateOneModel<>(
        JobFilters.fence(JobFilters.id(run.job()), run.claim(), JobStatus.STARTED.text()),
        new Document("$set", new Document(JobFields.PROGRESS, ratio)),
        ById.update());
  }

  private static List<Run> gone(
      Map<Run, Double> ratios, Function<Collection<JobId>, Map<JobId, RunState>> states) {
    Map<JobId, RunState> stored = states.apply(ratios.keySet().stream().map(Run::job).toList());
    return ratios.keySet().stream().filter(run -> !isStored(run, stored.get(run.job()))).toList();
  }

  private static boolean isStored(Run run, @Nullable RunState state) {
    return state != null && state.isRunOf(run.claim());
  }
}
