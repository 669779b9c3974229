package io.mrq.schedule;

import io.mrq.job.InvalidJobException;

/**
 * A schedule was refused because one of its fields, or of those of its jobs, is wrong. Nothing was
 * stored.
 */
public final class InvalidScheduleException extends InvalidJobException {
  private static final long serialVersionUID = 1L;

  /**
   * Refuses a field.
   *
   * @param field its name as in JSON, such as {@code daily_at}
   * @param complaint the rest of the sentence that starts with the field's name
   */
  public InvalidScheduleException(String field, String complaint) {
    super(field, complaint);
  }
}
