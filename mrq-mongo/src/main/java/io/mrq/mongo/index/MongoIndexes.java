package io.mrq.mongo.index;

import io.mrq.mongo.collection.ById;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.log.LogCollection;
import io.mrq.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the indexes that the stores need, and those of Python MRQ where it works on the same
 * database; drops those of earlier versions that no store needs any more.
 */
public final class MongoIndexes {
  private static final Logger log = LoggerFactory.getLogger(MongoIndexes.class);
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  private final StoreCollections collections;
  private final LogCollection logs;
  private volatile boolean complained;

  public MongoIndexes(StoreCollections collections, LogCollection logs) {
    this.collections = collections;
    this.logs = logs;
  }

  /**
   * As {@link #ensure(boolean)}, with Python's indexes as long as the document of a worker of
   * Python MRQ is there. One more round trip.
   */
  public List<String> ensure() {
    return ensure(hasPythonWorkers());
  }

  /**
   * Whether the document of a worker of Python MRQ is there. Workers of ours beat, and the document
   * of one that was lost without a document says so.
   */
  public boolean hasPythonWorkers() {
    Document foreign =
        new Document("beat", new Document("$exists", false))
            .append("lost", new Document("$exists", false));
    return MongoErrors.answer(
        "looking for workers of Python MRQ",
        () -> collections.workers().find(foreign).projection(ById.INDEX).limit(1).first() != null);
  }

  /**
   * Creates the indexes that are missing, then drops those that MRQ made earlier and nobody needs
   * any more, and logs where the server is not of the kind that the stores need. Other indexes stay
   * as they are. An index that cannot be created is logged and left out: another index of the same
   * name or keys may have other options, or the user may not create any. Without it some reads are
   * slow, or expired documents wait for the cleaning duty, but every answer is right; so it is
   * while indexes are built, and as long as workers of earlier versions lack those that are
   * dropped.
   *
   * <p>Two round trips, one or two for each collection, one more for each collection that lacks an
   * index, and one for each index that is dropped. There is no limit to how long a server may take
   * to build them.
   *
   * @param forPython whether the indexes that only Python MRQ needs are created; if not, they are
   *     dropped
   * @return the indexes that are not as wanted, each as the name of its collection and its fields
   * @throws StoreUnavailableException when MongoDB did not answer for some collection; the other
   *     collections have their indexes nevertheless
   */
  public List<String> ensure(boolean forPython) {
    return ensure(forPython, true);
  }

  /**
   * As {@link #ensure(boolean)}, but nothing is dropped: processes of an earlier version may still
   * be at work, and read by what only they need.
   */
  public List<String> create(boolean forPython) {
    return ensure(forPython, false);
  }

  private List<String> ensure(boolean forPython, boolean dropping) {
    ServerKind server = ServerKind.of(collections.database());
    complain(server);
    List<String> refused = new ArrayList<>();
    StoreUnavailableException unavailable = null;
    for (CollectionPlan plan : plans()) {
      try {
        refused.addAll(plan.carryOut(forPython, server.replicated(), dropping));
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

  private List<CollectionPlan> plans() {
    logs.create();
    return List.of(
        new CollectionPlan(
            collections.jobs(), JobIndexes.OURS, PythonIndexes.OF_JOBS, JobIndexes.EARLIER),
        new CollectionPlan(
            collections.workers(),
            List.of(
                WantedIndex.on("datereported").expiring(HOUR),
                // Beats are read every second, without the documents, which hold stack traces.
                WantedIndex.on("beat", "lost", "_id")),
            PythonIndexes.OF_WORKERS,
            List.of()),
        new CollectionPlan(collections.jobKeys(), WantedIndex.on("expires").sparse().expiring(0)),
        new CollectionPlan(collections.stats(), WantedIndex.on("date")),
        new CollectionPlan(collections.audit(), WantedIndex.on("dateexpires").sparse().expiring(0)),
        new CollectionPlan(
            collections.actions(),
            WantedIndex.on("status"),
            WantedIndex.on("ended").sparse().expiring(30 * DAY)),
        new CollectionPlan(
            collections.schedules(), WantedIndex.on("wake").sparse(), WantedIndex.on("owner")),
        new CollectionPlan(collections.rates(), WantedIndex.on("date")),
        new CollectionPlan(
            collections.logs(),
            List.of(WantedIndex.on("job", "_id")),
            PythonIndexes.OF_LOGS,
            List.of()));
  }
}
