package io.mrq.mongo;

/**
 * The names of the fields of {@code mrq_jobs}, in one place (behaviours §2.2, §5.2; protocol §1).
 * They are shared with Python MRQ and never change.
 */
final class JobFields {
  static final String ID = "_id";
  static final String PATH = "path";
  static final String PARAMS = "params";
  static final String QUEUE = "queue";
  static final String STATUS = "status";
  static final String DATEQUEUED = "datequeued";
  static final String DATESTARTED = "datestarted";
  static final String DATEUPDATED = "dateupdated";
  static final String DATERETRY = "dateretry";
  static final String DATEEXPIRES = "dateexpires";
  static final String WORKER = "worker";
  static final String RETRY_COUNT = "retry_count";
  static final String RESULT = "result";
  static final String PROGRESS = "progress";
  static final String TOTALTIME = "totaltime";
  static final String EXCEPTIONTYPE = "exceptiontype";
  static final String TRACEBACK = "traceback";
  static final String TRACEBACK_HISTORY = "traceback_history";

  /** Of an entry of the history. */
  static final String ORIGINAL_TRACEBACK = "original_traceback";

  /** Of an entry of the history. */
  static final String DATE = "date";

  // Ours alone: optional, and ignored by Python (protocol §1, MIX-08).
  static final String FINGERPRINT = "fingerprint";
  static final String PARENT = "parent";
  static final String CLAIM = "claim";

  /** The bulk action that moved it last. */
  static final String ACTION = "action";

  static final String ATTEMPT = "attempt";
  static final String CRASHES = "crashes";
  static final String PRIORITY = "priority";
  static final String ORDER = "order";
  static final String TIMEOUT = "timeout";
  static final String MAX_RETRIES = "max_retries";
  static final String TTL = "ttl";
  static final String TRACE = "trace";

  // Of the trace.
  static final String TRACEPARENT = "traceparent";
  static final String TRACESTATE = "tracestate";

  private JobFields() {}
}
