package io.mrq.bulk;

import io.mrq.job.JobId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a bulk action.
 *
 * @param total how many jobs passed its filter when it was created
 * @param moved how many jobs it has changed
 * @param skipped how many jobs it has left as they were: their status forbade the change, or
 *     somebody else was faster
 * @param cursor it has dealt with all jobs up to this id; null: with none yet
 * @param batch the jobs that it deals with now, which follow the cursor; some may be changed
 *     already
 */
public record BulkProgress(
    long total, long moved, long skipped, @Nullable JobId cursor, List<JobId> batch) {
  public BulkProgress {
    batch = List.copyOf(batch);
  }

  /** The progress of an action that has not begun. */
  public static BulkProgress of(long total, long skipped) {
    return new BulkProgress(total, 0, skipped, null, List.of());
  }

  /**
   * This progress with the next batch.
   *
   * @param next not empty
   */
  public BulkProgress choosing(List<JobId> next) {
    return new BulkProgress(total, moved, skipped, cursor, next);
  }

  /**
   * This progress after its batch.
   *
   * @param movedOfBatch how many jobs of the batch were changed
   */
  public BulkProgress past(int movedOfBatch) {
    return new BulkProgress(
        total,
        moved + movedOfBatch,
        skipped + batch.size() - movedOfBatch,
        batch.isEmpty() ? cursor : batch.getLast(),
        List.of());
  }

  /**
   * This progress when the action ends within its batch.
   *
   * @param movedOfBatch how many jobs of the batch were changed
   */
  public BulkProgress stopped(int movedOfBatch) {
    return new BulkProgress(total, moved + movedOfBatch, skipped, cursor, List.of());
  }

  /**
   * This progress when no jobs are left: all that were not changed were skipped. Jobs that changed
   * since the action was created may have made the numbers drift.
   */
  public BulkProgress complete() {
    long all = Math.max(total, moved);
    return new BulkProgress(all, moved, all - moved, cursor, List.of());
  }
}
