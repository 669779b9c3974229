package io.mrq.mongo.query;

import com.mongodb.client.MongoCollection;
import io.mrq.job.JobStatus;
import io.mrq.mongo.job.JobFields;
import io.mrq.query.JobFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * The reads that make up a list of jobs: each has an index that gives its order, and together they
 * find every job of the list once (docs/adr/0026).
 *
 * <ul>
 *   <li>A list by statuses is read status by status. MongoDB uses an index of certain statuses only
 *       where the filter proves that it asks for no other, which one status does and several do
 *       not.
 *   <li>Jobs that succeeded are in no index of statuses, as they are most of all jobs.
 *   <li>A list by queue or by path alone names the values of the other, because the index {@code
 *       (queue, path, _id)} is in the order of the ids only where both are given.
 * </ul>
 */
public final class ListReads {
  /**
   * A list that would have to merge more parts of the index is read in the order of all ids. For
   * {@code null} MongoDB reads two parts, and it merges 200 at most.
   */
  private static final int MAX_VALUES = 150;

  /**
   * A job that takes one step from a status to another between two reads is found twice and not
   * missed. One that takes several meanwhile, to a status that was read already, is missed: a retry
   * that becomes queued, runs and waits for the next retry.
   */
  private static final Comparator<JobStatus> COMES_BEFORE =
      Comparator.<JobStatus, Boolean>comparing(status -> !isOnTheWayToItsQueue(status))
          .thenComparing(Comparator.naturalOrder());

  private final MongoCollection<RawBsonDocument> jobs;

  public ListReads(MongoCollection<RawBsonDocument> jobs) {
    this.jobs = jobs;
  }

  /** The filters of the reads of a list that is in the order of the ids. */
  public List<Document> ofList(JobFilter filter) {
    List<Document> reads = byStatus(filter);
    reads.forEach(read -> {
      boolean isOrdered = hasOwnIndex(read) || isOfRareStatus(read);
      if (!isOrdered && read.containsKey(JobFields.QUEUE) != read.containsKey(JobFields.PATH)) {
        nameTheOther(read);
      }
    });
    return reads;
  }

  /** The filters of the reads of a count, which needs no order. */
  public List<Document> ofCount(JobFilter filter) {
    List<Document> reads = byStatus(filter);
    reads.forEach(read -> {
      boolean isByPath = read.containsKey(JobFields.PATH) && !read.containsKey(JobFields.QUEUE);
      if (isByPath && !hasOwnIndex(read) && !isOfRareStatus(read)) {
        nameTheOther(read);
      }
    });
    return reads;
  }

  private static List<Document> byStatus(JobFilter filter) {
    Set<JobStatus> statuses = filter.statuses();
    Document whole = ListConditions.of(filter, null);
    List<Document> reads = new ArrayList<>();
    if (statuses.size() < 2 || statuses.contains(JobStatus.SUCCESS) || hasOwnIndex(whole)) {
      reads.add(whole);
    } else {
      statuses.stream()
          .sorted(COMES_BEFORE)
          .forEach(status -> reads.add(ListConditions.of(filter.statuses(Set.of(status)), null)));
    }
    return reads;
  }

  private static boolean isOnTheWayToItsQueue(JobStatus status) {
    return status == JobStatus.RETRY || status == JobStatus.INTERRUPT;
  }

  /** The index of failures and that of children serve any statuses. */
  private static boolean hasOwnIndex(Document read) {
    return read.containsKey(JobFields.EXCEPTIONTYPE) || read.containsKey(JobFields.PARENT);
  }

  /**
   * Whether few jobs have this status, and an index holds them alone. It is in the order of the
   * ids, but for {@code started}: as many jobs as run at a time are sorted.
   */
  private static boolean isOfRareStatus(Document read) {
    return read.get(JobFields.STATUS) instanceof String status
        && !status.equals(JobStatus.QUEUED.text())
        && !status.equals(JobStatus.SUCCESS.text());
  }

  private void nameTheOther(Document read) {
    boolean isByQueue = read.containsKey(JobFields.QUEUE);
    String other = isByQueue ? JobFields.PATH : JobFields.QUEUE;
    Document known =
        isByQueue ? new Document(JobFields.QUEUE, read.get(JobFields.QUEUE)) : new Document();
    List<BsonValue> values = new ArrayList<>();
    // Another program may have written jobs that lack the field.
    values.add(BsonNull.VALUE);
    jobs.distinct(other, known, BsonValue.class).into(values);
    if (values.size() <= MAX_VALUES) {
      read.append(other, new Document("$in", values));
    }
  }
}
