package io.mrq.mongo.index;

import com.mongodb.client.MongoCollection;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.log.LogCollection;
import io.mrq.mongo.query.ListConditions;
import io.mrq.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the indexes that the stores need: Python's own with exactly its options, so that neither
 * side finds a conflict when it starts second, and ours.
 */
public final class MongoIndexes {
  private static final Logger log = LoggerFactory.getLogger(MongoIndexes.class);
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  /**
   * Serves the groups of failures without a look at any document, and the list of each group. Jobs
   * that never failed are not in it, so it costs the way of a job that succeeds nothing.
   */
  public static final WantedIndex FAILURES =
      WantedIndex.on(
              JobFields.STATUS,
              JobFields.PATH,
              JobFields.EXCEPTIONTYPE,
              JobFields.ID,
              JobFields.FINGERPRINT,
              JobFields.DATEUPDATED,
              JobFields.QUEUE)
          .only(new Document(JobFields.EXCEPTIONTYPE, ListConditions.SOME_TEXT));

  /**
   * Unfinished jobs that would expire: none, but for what Python's requeue leaves. So it costs no
   * job anything, and looking for them costs the same however many final ones are overdue.
   */
  public static final WantedIndex ENDANGERED =
      WantedIndex.on(JobFields.STATUS, JobFields.DATEEXPIRES)
          .only(
              new Document(JobFields.STATUS, JobFilters.any(JobFilters.UNFINISHED))
                  .append(JobFields.DATEEXPIRES, new Document("$exists", true)));

  private final StoreCollections collections;
  private final LogCollection logs;
  private volatile boolean told;

  public MongoIndexes(StoreCollections collections, LogCollection logs) {
    this.collections = collections;
    this.logs = logs;
  }

  /**
   * Says in the log where the server is not of the kind that the stores need, and creates what is
   * missing; what is there already stays. An index that cannot be, because another one of the same
   * name or keys has other options or because this user may not create any, is logged and left out:
   * without it some reads are slow, or expired documents wait for the cleaning duty, but nothing is
   * wrong. Two round trips, one a collection, and one more for each collection that lacks any;
   * there is no limit to how long a server may take to build them.
   *
   * @return the indexes that are not as wanted, each as collection and keys
   * @throws StoreUnavailableException when MongoDB does not answer for some collection; the others
   *     have their indexes then
   */
  public List<String> ensure() {
    ServerKind server = ServerKind.of(collections.database());
    tell(server);
    List<String> refused = new ArrayList<>();
    StoreUnavailableException unavailable = null;
    for (Map.Entry<MongoCollection<RawBsonDocument>, List<WantedIndex>> wanted : wanted()) {
      try {
        refused.addAll(
            new IndexCreation(wanted.getKey(), server.replicated()).ensure(wanted.getValue()));
      } catch (StoreUnavailableException e) {
        unavailable = e;
      }
    }
    if (unavailable != null) {
      throw unavailable;
    }
    return refused;
  }

  /** Once a process: the server does not become another. */
  private void tell(ServerKind server) {
    if (!told) {
      told = true;
      server.complaints().forEach(log::warn);
    }
  }

  private List<Map.Entry<MongoCollection<RawBsonDocument>, List<WantedIndex>>> wanted() {
    logs.create();
    return List.of(
        Map.entry(collections.jobs(), jobs()),
        Map.entry(collections.workers(), workers()),
        Map.entry(collections.jobKeys(), List.of(WantedIndex.on("expires").sparse().expiring(0))),
        Map.entry(collections.stats(), List.of(WantedIndex.on("date"))),
        Map.entry(collections.audit(), List.of(WantedIndex.on("dateexpires").sparse().expiring(0))),
        Map.entry(
            collections.actions(),
            List.of(WantedIndex.on("status"), WantedIndex.on("ended").sparse().expiring(30 * DAY))),
        Map.entry(collections.rates(), List.of(WantedIndex.on("date"))),
        Map.entry(collections.logs(), logs()));
  }

  private static List<WantedIndex> jobs() {
    return List.of(
        // The duties sort by it from the first second on.
        WantedIndex.on("queue", "status", "order", "_id"),
        WantedIndex.on("status"),
        WantedIndex.on("path"),
        WantedIndex.on("worker").sparse(),
        WantedIndex.on("queue"),
        WantedIndex.on("dateexpires").sparse().expiring(0),
        WantedIndex.on("dateretry").sparse(),
        WantedIndex.on("datequeued"),
        WantedIndex.on("queue", "status", "datequeued", "_id"),
        WantedIndex.on("status", "queue", "path"),
        WantedIndex.on("status", "worker"),
        WantedIndex.on("status", "dateretry"),
        WantedIndex.on("parent").sparse(),
        // What became of the jobs of a bulk action; all other jobs are not in it.
        WantedIndex.on("action").sparse(),
        // Lists for people, newest first.
        WantedIndex.on("status", "_id"),
        WantedIndex.on("path", "_id"),
        WantedIndex.on("queue", "_id"),
        FAILURES,
        ENDANGERED);
  }

  private static List<WantedIndex> logs() {
    return List.of(
        WantedIndex.on("job"), WantedIndex.on("worker").sparse(), WantedIndex.on("job", "_id"));
  }

  private static List<WantedIndex> workers() {
    return List.of(
        WantedIndex.on("status"),
        WantedIndex.on("datereported").expiring(HOUR),
        // Beats are read every second, and the documents hold the stacks of what runs.
        WantedIndex.on("beat", "lost", "_id"));
  }
}
