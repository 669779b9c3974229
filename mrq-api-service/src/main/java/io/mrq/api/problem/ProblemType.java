package io.mrq.api.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/**
 * The types of problems. In JSON, {@code type} is {@code urn:mrq:problem:} and the constant's name
 * with hyphens, such as {@code urn:mrq:problem:invalid-job}. Scripts may rely on it: a type is
 * never renamed.
 */
public enum ProblemType {
  /** The body is not JSON, or is ambiguous. */
  INVALID_JSON(HttpStatus.BAD_REQUEST, "The body cannot be read"),
  /** A field of a job is invalid; {@code errors} names it. */
  INVALID_JOB(HttpStatus.BAD_REQUEST, "The job is not valid"),
  /**
   * A query parameter, a header, a part of the path or a field is invalid; {@code errors} names it.
   */
  INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A parameter is not valid"),
  /** Any other invalid request. */
  BAD_REQUEST(HttpStatus.BAD_REQUEST, "The request is not valid"),
  /** The request comes from a web page of another site, or names a host other than this machine. */
  FOREIGN_CALLER(HttpStatus.FORBIDDEN, "The caller is refused"),
  /** There are no credentials, or they are wrong. */
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Credentials are required"),
  /** The caller lacks the required role; {@code role} names it. */
  ROLE_TOO_SMALL(HttpStatus.FORBIDDEN, "The role is not sufficient"),
  /** A request from a browser lacks the token that only pages of this service can know. */
  CSRF_TOKEN(HttpStatus.FORBIDDEN, "The request may be forged"),
  /** The params do not fit the task; {@code errors} names everything that is wrong. */
  INVALID_PARAMS(HttpStatus.UNPROCESSABLE_CONTENT, "The params do not fit the task"),
  /** There is no job with this id. */
  JOB_NOT_FOUND(HttpStatus.NOT_FOUND, "No such job"),
  /** No worker with this id is alive. */
  WORKER_NOT_FOUND(HttpStatus.NOT_FOUND, "No such worker"),
  /** Nobody knows a task of this path. */
  TASK_NOT_FOUND(HttpStatus.NOT_FOUND, "No such task"),
  /** There is no API key with this id. */
  API_KEY_NOT_FOUND(HttpStatus.NOT_FOUND, "No such API key"),
  /** There is no bulk action with this id. */
  ACTION_NOT_FOUND(HttpStatus.NOT_FOUND, "No such action"),
  /** There is no schedule with this name. */
  SCHEDULE_NOT_FOUND(HttpStatus.NOT_FOUND, "No such schedule"),
  /** There is nothing at this address. */
  ROUTE_NOT_FOUND(HttpStatus.NOT_FOUND, "No such route"),
  /** The address exists, but not for this method. */
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "The method is not allowed"),
  /** The caller accepts no JSON. */
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The request does not accept JSON"),
  /** The job's status does not allow this transition; {@code job_status} is the status. */
  ILLEGAL_MOVE(HttpStatus.CONFLICT, "The job's status does not allow it"),
  /** The schedule is defined elsewhere, and only there it can be changed or deleted. */
  SCHEDULE_OWNED(HttpStatus.CONFLICT, "The schedule belongs to somebody else"),
  /** The body is larger than 16 MB. */
  BODY_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  /** The body is not sent as JSON. */
  UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is not sent as JSON"),
  /** The idempotency key was used with another body. */
  IDEMPOTENCY_KEY_REUSED(
      HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key was used with another body"),
  /** MongoDB stopped the query at its time limit; a narrower filter takes less time. */
  FILTER_TOO_WIDE(HttpStatus.UNPROCESSABLE_CONTENT, "The filter is too wide"),
  /** MongoDB does not answer; {@code Retry-After} says when to try again. */
  STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The job store does not answer"),
  /** Too many large answers are being produced; {@code Retry-After} says when to try again. */
  TOO_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "The service is busy"),
  /** An error in this service; its log has the details. */
  INTERNAL_ERROR(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

  private final HttpStatus status;
  private final String title;
  private final String uri;

  ProblemType(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
    this.uri = "urn:mrq:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The usual HTTP status of this type. */
  public HttpStatus status() {
    return status;
  }

  /** A summary, the same for every problem of this type. */
  public String title() {
    return title;
  }

  /** The value of {@code type} in JSON. */
  public String uri() {
    return uri;
  }
}
