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
 * Creates the indexes that the stores need: those of Python MRQ with exactly its options, so that
 * neither program meets a conflict when it starts second, and our own.
 */
public final class MongoIndexes {
  private static final Logger log = LoggerFactory.getLogger(MongoIndexes.class);
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  /**
   * Groups failures without reading any document, and lists the jobs of a group. It holds only jobs
   * that have failed, so that a job that succeeds costs no write to it.
   */
  static final WantedIndex FAILURES =
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
   * Finds unfinished jobs that would expire, which only a requeue by Python leaves. It is almost
   * always empty, so it costs our own jobs no write, and looking into it is cheap however many
   * final documents are overdue.
   */
  static final WantedIndex ENDANGERED =
      WantedIndex.on(JobFields.STATUS, JobFields.DATEEXPIRES)
          .only(
              new Document(JobFields.STATUS, JobFilters.any(JobFilters.UNFINISHED))
                  .append(JobFields.DATEEXPIRES, new Document("$exists", true)));

  private final StoreCollections collections;
  private final LogCollection logs;
  private volatile boolean complained;

  public MongoIndexes(StoreCollections collections, LogCollection logs) {
    this.collections = collections;
    this.logs = logs;
  }

  /**
   * Creates the indexes that are missing, and logs where the server is not of the kind that the
   * stores need. Existing indexes stay as they are. An index that cannot be created is logged and
   * left out: another index of the same name or keys may have other options, or the user may not
   * create any. Without it some reads are slow, or expired documents wait for the cleaning duty,
   * but every answer is right.
   *
   * <p>Two round trips, one for each collection, and one more for each collection that lacks an
   * index. There is no limit to how long a server may take to build them.
   *
   * @return the indexes that are not as wanted, each as the name of its collection and its fields
   * @throws StoreUnavailableException when MongoDB did not answer for some collection; the other
   *     collections have their indexes nevertheless
   */
  public List<String> ensure() {
    ServerKind server = ServerKind.of(collections.database());
    complain(server);
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

  /** Logs once a process what is wrong with the server. */
  private void complain(ServerKind server) {
    if (!complained) {
      complained = true;
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
        // First, since the maintenance duties sort by it as soon as they start.
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
        // Outcomes of bulk actions; it holds only jobs that one has changed.
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
        // Beats are read every second, without the documents, which hold stack traces.
        WantedIndex.on("beat", "lost", "_id"));
  }
}
