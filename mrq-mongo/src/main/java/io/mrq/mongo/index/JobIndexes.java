package io.mrq.mongo.index;

import io.mrq.job.JobStatus;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.query.ListConditions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.bson.Document;

/**
 * The indexes of {@code mrq_jobs}. Each holds the jobs of one phase of life, so that a job that
 * succeeds at once writes ten entries from its enqueue to its expiry, those of {@code _id}
 * included: one at the beginning and one at the end of each of the first four indexes here
 * (docs/adr/0026).
 *
 * <p>Where an index holds jobs of certain statuses, {@code status} is its first field all the same:
 * MongoDB answers from the index alone only what its entries show.
 */
final class JobIndexes {
  /** Statuses that a job which succeeds at its first run never has. */
  private static final Set<JobStatus> RARE =
      EnumSet.complementOf(EnumSet.of(JobStatus.QUEUED, JobStatus.STARTED, JobStatus.SUCCESS));

  /** The order of each queue: for the reconciler, for claims without Redis, and for counts. */
  static final WantedIndex WAITING =
      WantedIndex.on(
              JobFields.STATUS, JobFields.QUEUE, JobFields.LANE, JobFields.ORDER, JobFields.ID)
          .only(status(JobStatus.QUEUED));

  /** The runs of each worker: for the rescue and the audit; and for the counts of queues. */
  static final WantedIndex UNDERWAY =
      WantedIndex.on(JobFields.STATUS, JobFields.WORKER, JobFields.ID, JobFields.QUEUE)
          .only(statuses(JobFilters.UNDERWAY));

  /**
   * Lists of a queue or of a task, newest first, and the names of both. No change of a job changes
   * its entry but a requeue to another queue.
   */
  static final WantedIndex LISTS = WantedIndex.on(JobFields.QUEUE, JobFields.PATH, JobFields.ID);

  static final WantedIndex EXPIRY = WantedIndex.on(JobFields.DATEEXPIRES).sparse().expiring(0);

  /** Lists of all jobs in a rare status, newest first. */
  static final WantedIndex RARE_STATUS =
      WantedIndex.on(JobFields.STATUS, JobFields.ID, JobFields.QUEUE, JobFields.PATH)
          .only(statuses(RARE));

  /** What became of the jobs of a worker: for the rescue, and for lists. */
  static final WantedIndex LEFT_WORKER =
      WantedIndex.on(JobFields.STATUS, JobFields.WORKER, JobFields.ID)
          .only(statuses(leftWorker()).append(JobFields.WORKER, new Document("$exists", true)));

  static final WantedIndex DUE =
      WantedIndex.on(JobFields.DATERETRY, JobFields.ID).only(status(JobStatus.RETRY));

  /** Groups failures without reading any document, and lists the jobs of a group. */
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
   * always empty, and looking into it is cheap however many final documents are overdue.
   */
  static final WantedIndex ENDANGERED =
      WantedIndex.on(JobFields.STATUS, JobFields.DATEEXPIRES)
          .only(
              statuses(JobFilters.UNFINISHED)
                  .append(JobFields.DATEEXPIRES, new Document("$exists", true)));

  /** All that MRQ needs; first that by which the maintenance duties sort as soon as they start. */
  static final List<WantedIndex> OURS =
      List.of(
          WAITING,
          UNDERWAY,
          LISTS,
          EXPIRY,
          RARE_STATUS,
          LEFT_WORKER,
          DUE,
          FAILURES,
          ENDANGERED,
          WantedIndex.on(JobFields.PARENT).sparse(),
          // Outcomes of bulk actions; it holds only jobs that one has changed.
          WantedIndex.on(JobFields.ACTION).sparse());

  /** What earlier versions needed. */
  static final List<WantedIndex> EARLIER =
      List.of(
          WantedIndex.on(JobFields.QUEUE, JobFields.STATUS, JobFields.ORDER, JobFields.ID),
          WantedIndex.on(JobFields.STATUS, JobFields.WORKER),
          WantedIndex.on(JobFields.STATUS, JobFields.DATERETRY),
          WantedIndex.on(JobFields.STATUS, JobFields.ID),
          WantedIndex.on(JobFields.PATH, JobFields.ID),
          WantedIndex.on(JobFields.QUEUE, JobFields.ID));

  private JobIndexes() {}

  private static Set<JobStatus> leftWorker() {
    Set<JobStatus> statuses = EnumSet.copyOf(RARE);
    statuses.add(JobStatus.QUEUED);
    return statuses;
  }

  private static Document status(JobStatus only) {
    return statuses(Set.of(only));
  }

  private static Document statuses(Set<JobStatus> any) {
    return new Document(JobFields.STATUS, JobFilters.any(any));
  }
}
