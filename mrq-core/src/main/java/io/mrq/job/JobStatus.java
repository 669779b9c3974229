package io.mrq.job;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a job stands. In documents and JSON a status is the name of its constant in lower case.
 * {@link JobTransition} lists how one status follows another.
 */
public enum JobStatus {
  /** The job waits in its queue until a worker claims it. */
  QUEUED,
  /** A worker runs the job; {@code worker} and {@code claim} name it. */
  STARTED,
  /**
   * The job waits for {@code dateretry}: its task asked for a retry, or it was enqueued with a
   * delay and was not claimed yet.
   */
  RETRY,
  /**
   * The worker was told to stop before the task had ended. The worker itself, or a maintenance
   * duty, puts the job back into its queue at once.
   */
  INTERRUPT,
  /** The task returned. Final. */
  SUCCESS,
  /** The task threw, or too many workers were lost while they ran it. Final. */
  FAILED,
  /** The run took longer than its timeout and was interrupted. Final. */
  TIMEOUT,
  /** The task aborted the job, which is never retried. Final. */
  ABORT,
  /** The task asked for a retry, but the job has had all its retries. Final. */
  MAXRETRIES,
  /**
   * Refused by a worker of Python MRQ, because its task already ran as often as its concurrency
   * limit allows. Final.
   */
  MAXCONCURRENCY,
  /** The job was cancelled. Final. */
  CANCEL;

  private static final Set<JobStatus> FINAL =
      EnumSet.of(SUCCESS, FAILED, TIMEOUT, ABORT, MAXRETRIES, MAXCONCURRENCY, CANCEL);
  private static final Set<JobStatus> WAITING = EnumSet.of(QUEUED, RETRY, INTERRUPT);
  private static final Map<String, JobStatus> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(JobStatus::text, s -> s));

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Returns the form in documents and JSON, such as {@code queued}. */
  public String text() {
    return text;
  }

  /**
   * Whether the status is final: nothing but a requeue by hand changes it, and only such a document
   * has {@code dateexpires}.
   */
  public boolean isFinal() {
    return FINAL.contains(this);
  }

  /** Returns all final statuses, as a set that may be changed. */
  public static Set<JobStatus> finals() {
    return EnumSet.copyOf(FINAL);
  }

  /** Returns the statuses of jobs that wait to be run, as a set that may be changed. */
  public static Set<JobStatus> waiting() {
    return EnumSet.copyOf(WAITING);
  }

  /** Returns the status with this text, or nothing. */
  public static Optional<JobStatus> ofText(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }
}
