package io.mrq.query;

import org.jspecify.annotations.Nullable;

/**
 * The store gave a question up that took too long; asked again as it is, it would take as long
 * again. A narrower filter has fewer documents to look at.
 */
public class QueryTooSlowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public QueryTooSlowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
