package io.mrq.job;

/** A job was refused because one of its fields is wrong. Nothing was stored. */
public class InvalidJobException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String complaint;

  /**
   * Refuses a field.
   *
   * @param field its name as in documents and JSON, such as {@code queue} or {@code params.a}
   * @param complaint the rest of the sentence that starts with the field's name
   */
  public InvalidJobException(String field, String complaint) {
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
