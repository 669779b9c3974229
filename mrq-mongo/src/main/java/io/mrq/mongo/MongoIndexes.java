package io.mrq.mongo;

import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/**
 * Creates the indexes that the stores need: Python's own with exactly its options, so that neither
 * side finds a conflict when it starts second (behaviours §2.2, §2.3, MIX-12), and ours (protocol
 * §9).
 */
public final class MongoIndexes {
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  /**
   * Serves the groups of failures without a look at any document, and the list of each group. Jobs
   * that never failed are not in it, so it costs the way of a job that succeeds nothing.
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

  private final StoreCollections collections;
  private final LogCollection logs;

  MongoIndexes(StoreCollections collections, LogCollection logs) {
    this.collections = collections;
    this.logs = logs;
  }

  /**
   * Creates what is missing; what is there already stays. An index that cannot be, because another
   * one of the same name or keys has other options or because this user may not create any, is
   * logged and left out: without it some reads are slow, or expired documents wait for the cleaning
   * duty, but nothing is wrong. One round trip a collection, and one for each index that is
   * missing.
   *
   * @return the indexes that are not as wanted, each as collection and keys
   * @throws io.mrq.store.StoreUnavailableException when MongoDB does not answer
   */
  public List<String> ensure() {
    List<String> refused = new ArrayList<>();
    refused.addAll(IndexCreation.ensure(collections.jobs(), jobs()));
    refused.addAll(IndexCreation.ensure(collections.workers(), workers()));
    refused.addAll(
        IndexCreation.ensure(
            collections.jobKeys(), List.of(WantedIndex.on("expires").sparse().expiring(0))));
    refused.addAll(IndexCreation.ensure(collections.stats(), List.of(WantedIndex.on("date"))));
    refused.addAll(
        IndexCreation.ensure(
            collections.audit(), List.of(WantedIndex.on("dateexpires").sparse().expiring(0))));
    refused.addAll(
        IndexCreation.ensure(
            collections.actions(),
            List.of(
                WantedIndex.on("status"), WantedIndex.on("ended").sparse().expiring(30 * DAY))));
    refused.addAll(IndexCreation.ensure(collections.rates(), List.of(WantedIndex.on("date"))));
    logs.create();
    refused.addAll(IndexCreation.ensure(collections.logs(), logs()));
    return refused;
  }

  private static List<WantedIndex> jobs() {
    return List.of(
        WantedIndex.on("status"),
        WantedIndex.on("path"),
        WantedIndex.on("worker").sparse(),
        WantedIndex.on("queue"),
        WantedIndex.on("dateexpires").sparse().expiring(0),
        WantedIndex.on("dateretry").sparse(),
        WantedIndex.on("datequeued"),
        WantedIndex.on("queue", "status", "datequeued", "_id"),
        WantedIndex.on("status", "queue", "path"),
        WantedIndex.on("queue", "status", "order", "_id"),
        WantedIndex.on("status", "worker"),
        WantedIndex.on("status", "dateretry"),
        WantedIndex.on("parent").sparse(),
        // Lists for people, newest first.
        WantedIndex.on("status", "_id"),
        WantedIndex.on("path", "_id"),
        WantedIndex.on("queue", "_id"),
        FAILURES);
  }

  private static List<WantedIndex> logs() {
    return List.of(
        WantedIndex.on("job"), WantedIndex.on("worker").sparse(), WantedIndex.on("job", "_id"));
  }

  private static List<WantedIndex> workers() {
    return List.of(WantedIndex.on("status"), WantedIndex.on("datereported").expiring(HOUR));
  }
}
