package io.mrq.client;

import io.mrq.job.InvalidJobException;

/** One element of a batch was refused, and so the whole batch. Nothing was stored. */
public class InvalidBatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final InvalidJobException reason;

  /**
   * Refuses a batch.
   *
   * @param index of its first bad element, from 0
   */
  public InvalidBatchException(int index, InvalidJobException reason) {
    super("job %d of the batch: %s".formatted(index, reason.getMessage()), reason);
    this.index = index;
    this.reason = reason;
  }

  /** Which element, from 0. */
  public int index() {
    return index;
  }

  /** What is wrong with it. */
  public InvalidJobException reason() {
    return reason;
  }
}
