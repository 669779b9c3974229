package io.mrq.mongo.job;

import com.mongodb.client.FindIterable;
import io.mrq.job.ReadyJob;
import io.mrq.mongo.error.MongoErrors;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.RawBsonDocument;

/** Reads the places of queued jobs. */
public final class ReadyJobs {
  /** Sorts jobs by their order. */
  public static final Document ORDER = new Document(JobFields.ORDER, 1).append(JobFields.ID, 1);

  private ReadyJobs() {}

  /**
   * Reads the places of jobs in one batch: without a batch size the server sends 101 at first.
   *
   * @param doing completes the sentence "MongoDB did not answer while …"
   * @param limit above 0
   */
  public static List<ReadyJob> read(String doing, FindIterable<RawBsonDocument> find, int limit) {
    List<ReadyJob> found = new ArrayList<>();
    MongoErrors.run(
        doing,
        () ->
            find.limit(limit)
                .batchSize(limit)
                .projection(QueuePlaces.FIELDS)
                .forEach(document -> QueuePlaces.of(document).ifPresent(found::add)));
    return found;
  }
}
