package io.mrq.api.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * The kinds of problems. The wire form of {@code type} is {@code urn:mrq:problem:} and the
 * constant's name with hyphens, such as {@code urn:mrq:problem:invalid-job}. Scripts may rely on
 * it: a kind is never renamed.
 */
public enum ProblemType {
  /** The body is not JSON, or not JSON that can be read without guessing. */
  INVALID_JSON(HttpStatus.BAD_REQUEST, "The body cannot be read"),
  /** A field of a job is wrong; {@code errors} names it. */
  INVALID_JOB(HttpStatus.BAD_REQUEST, "The job is refused"),
  /**
   * A query parameter, a header, a part of the path or a field is wrong; {@code errors} names it.
   */
  INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is refused"),
  /** Any other request that cannot be understood. */
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be understood"),
  /** The request comes from another site's web page, or under a name that is not this machine's. */
  FOREIGN_CALLER(HttpStatus.FORBIDDEN, "The caller is refused"),
  /** There are no credentials, or wrong ones. */
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Credentials are needed"),
  /** The caller's role does not suffice; {@code role} tells the one that would. */
  ROLE_TOO_SMALL(HttpStatus.FORBIDDEN, "The role does not suffice"),
  /** A browser's change lacks the token that tells this service's own pages from others. */
  CSRF_TOKEN(HttpStatus.FORBIDDEN, "The request may be forged"),
  /** There is no job with this id. */
  JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "No such job"),
  /** No worker with this id is alive. */
  WORKER_NOT_FOUND(HttpStatus.NOT_FOUND, "No such worker"),
  /** There is no API key with this id. */
  API_KEY_NOT_FOUND(HttpStatus.NOT_FOUND, "No such API key"),
  /** There is no bulk action with this id. */
  ACTION_NOT_FOUND(HttpStatus.NOT_FOUND, "No such action"),
  /** There is nothing at this address. */
  ROUTE_NOT_FOUND(HttpStatus.NOT_FOUND, "No such route"),
  /** The address exists, but not for this method. */
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed"),
  /** The caller accepts no JSON. */
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer would not be accepted"),
  /** The job's status forbids the move; {@code job_status} tells it. */
  ILLEGAL_MOVE(HttpStatus.CONFLICT, "The job's status forbids it"),
  /** The body is larger than 16 MB. */
  BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  /** The body is not sent as JSON. */
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not sent as JSON"),
  /** The idempotency key stands for another request. */
  IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key is in use"),
  /** MongoDB gave the question up; a narrower filter takes less time. */
  FILTER_TOO_WIDE(HttpStatus.UNPROCESSABLE_CONTENT, "The filter is too wide"),
  /** MongoDB does not answer; {@code Retry-After} says when to try again. */
  STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The job store does not answer"),
  /** Too many large answers are made already; {@code Retry-After} says when to try again. */
  TOO_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too much is asked at once"),
  /** A fault of this service; its log has the details. */
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

  private final HttpStatus status;
  private final String title;
  private final String uri;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
    this.uri = "urn:mrq:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The usual HTTP status of this kind. */
  public HttpStatus status() {
    return status;
  }

  /** What happened, the same for every problem of this kind. */
  public String title() {
    return title;
  }

  /** The wire form. */
  public String uri() {
    return uri;
  }
}
