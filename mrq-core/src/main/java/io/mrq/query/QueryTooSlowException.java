package io.mrq.query;

import org.jspecify.annotations.Nullable;

/**
 * A question took longer than it may, and the store gave it up. The same question would take as
 * long again; a filter with more conditions leaves fewer documents to look at.
 */
public class QueryTooSlowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QueryTooSlowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
