package io.mrq.mongo.job;

/** The names of the fields of {@code mrq_jobs}, which Python MRQ shares: they never change. */
public final class JobFields {
  public static final String ID = "_id";
  public static final String PATH = "path";
  public static final String PARAMS = "params";
  public static final String QUEUE = "queue";
  public static final String STATUS = "status";
  public static final String DATEQUEUED = "datequeued";
  public static final String DATESTARTED = "datestarted";
  public static final String DATEUPDATED = "dateupdated";
  public static final String DATERETRY = "dateretry";
  public static final String DATEEXPIRES = "dateexpires";
  public static final String WORKER = "worker";
  public static final String RETRY_COUNT = "retry_count";
  public static final String RESULT = "result";
  public static final String PROGRESS = "progress";
  public static final String TOTALTIME = "totaltime";
  public static final String EXCEPTIONTYPE = "exceptiontype";
  public static final String TRACEBACK = "traceback";
  public static final String TRACEBACK_HISTORY = "traceback_history";

  // In an entry of the history.
  public static final String ORIGINAL_TRACEBACK = "original_traceback";
  public static final String DATE = "date";

  // Our own: each may be absent, and Python ignores it.
  public static final String FINGERPRINT = "fingerprint";
  public static final String PARENT = "parent";
  public static final String CLAIM = "claim";

  /** The bulk action that changed the job last. */
  public static final String ACTION = "action";

  public static final String ATTEMPT = "attempt";
  public static final String CRASHES = "crashes";
  public static final String PRIORITY = "priority";
  public static final String ORDER = "order";

  /** The part of the queue in which the job waits; {@code ""} is the one that all share. */
  public static final String LANE = "lane";

  public static final String TIMEOUT = "timeout";
  public static final String MAX_RETRIES = "max_retries";
  public static final String TTL = "ttl";
  public static final String TRACE = "trace";

  // In the trace.
  public static final String TRACEPARENT = "traceparent";
  public static final String TRACESTATE = "tracestate";

  private JobFields() {}
}
