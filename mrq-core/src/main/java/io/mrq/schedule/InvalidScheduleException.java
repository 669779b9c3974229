package io.mrq.schedule;

/** A schedule was refused because one of its fields is wrong. Nothing was stored. */
public final class InvalidScheduleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String complaint;

  /**
   * Refuses a field.
   *
   * @param field its name as in JSON, such as {@code daily_at}
   * @param complaint the rest of the sentence that starts with the field's name
   */
  public InvalidScheduleException(String field, String complaint) {
    super("'" + field + "' " + complaint);
    this.field = field;
    this.complaint = complaint;
  }

  /** Returns the name of the field. */
  public String field() {
    return field;
  }

  /** Returns what is wrong, as the rest of a sentence that starts with the name of the field. */
  public String complaint() {
    return complaint;
  }
}
