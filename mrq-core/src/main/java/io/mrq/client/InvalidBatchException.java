package io.mrq.client;

import io.mrq.job.InvalidJobException;

/** One request of a batch is wrong, so the whole batch was refused and nothing was stored. */
public class InvalidBatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final InvalidJobException reason;

  /**
   * Refuses a batch.
   *
   * @param index which request is the first wrong one, counted from 0
   * @param reason what is wrong with it
   */
  public InvalidBatchException(int index, InvalidJobException reason) {
    super("job %d of the batch: %s".formatted(index, reason.getMessage()), reason);
    this.index = index;
    this.reason = reason;
  }

  /** Returns which request is wrong, counted from 0. */
  public int index() {
    return index;
  }

  /** Returns what is wrong with it. */
  public InvalidJobException reason() {
    return reason;
  }
}
