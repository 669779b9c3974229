package io.mrq.mongo.recovery;

import com.mongodb.client.FindIterable;
import io.mrq.job.ReadyJob;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.QueuePlaces;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;

/** Reads the places of jobs. */
final class ReadyJobs {
  private ReadyJobs() {}

  /** Reads up to a limit, in one batch: without a batch size the server sends 101 at first. */
  static List<ReadyJob> read(FindIterable<RawBsonDocument> find, int limit) {
    List<ReadyJob> found = new ArrayList<>();
    MongoErrors.run(
        "reading jobs",
        () ->
            find.limit(limit)
                .batchSize(limit)
                .projection(QueuePlaces.FIELDS)
                .map(QueuePlaces::of)
                .forEach(ready -> ready.ifPresent(found::add)));
    return found;
  }
}
