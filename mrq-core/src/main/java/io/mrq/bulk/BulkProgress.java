package io.mrq.bulk;

import io.mrq.job.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a bulk action has come.
 *
 * @param total how many jobs passed its filter when it was created
 * @param moved how many it has moved
 * @param skipped how many it has not: their status forbade it, or another was faster
 * @param cursor it has dealt with all jobs up to this id; null: with none yet
 * @param batch the jobs that it deals with now, behind the cursor; some may be moved already
 */
public record BulkProgress(
    long total, long moved, long skipped, @Nullable JobId cursor, List<JobId> batch) {
  public BulkProgress {
    batch = List.copyOf(batch);
  }

  /** Of an action that has not begun. */
  public static BulkProgress of(long total, long skipped) {
    return new BulkProgress(total, 0, skipped, null, List.of());
  }

  /** With this batch chosen, which is not empty. */
  public BulkProgress choosing(List<JobId> next) {
    return new BulkProgress(total, moved, skipped, cursor, next);
  }

  /** With the batch behind it, of which so many were moved. */
  public BulkProgress past(int movedOfBatch) {
    return new BulkProgress(
        total,
        moved + movedOfBatch,
        skipped + batch.size() - movedOfBatch,
        batch.isEmpty() ? cursor : batch.getLast(),
        List.of());
  }

  /** Given up with this batch unfinished, of which so many were moved. */
  public BulkProgress stopped(int movedOfBatch) {
    return new BulkProgress(total, moved + movedOfBatch, skipped, cursor, List.of());
  }

  /**
   * At the end of the walk: what was not moved was skipped. Jobs that changed since the creation
   * may have made the numbers drift.
   */
  public BulkProgress complete() {
    long all = Math.max(total, moved);
    return new BulkProgress(all, moved, all - moved, cursor, List.of());
  }
}
