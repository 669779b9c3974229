package io.mrq.job;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a job stands. The wire form is MRQ's: the constant's name in lower case (JOB-01). */
public enum JobStatus {
  /** Waits for a worker. Set by enqueue and by every requeue; a claim or a cancel takes it out. */
  QUEUED,
  /**
   * A worker runs it, named by {@code worker} and {@code claim}. The end of the run takes it out,
   * or a rescue.
   */
  STARTED,
  /**
   * Waits for {@code dateretry}: a retry was asked for, or the enqueue was delayed (then {@code
   * attempt} is absent).
   */
  RETRY,
  /**
   * Its worker was told to stop. The worker itself, or a duty, puts it back to {@code queued} at
   * once.
   */
  INTERRUPT,
  /** The task returned. Final. */
  SUCCESS,
  /**
   * The task threw, or its worker died too often while it ran. Final until somebody requeues it.
   */
  FAILED,
  /** Ran longer than its timeout and was interrupted. Final. */
  TIMEOUT,
  /** The task itself asked to be given up. Final, and never retried. */
  ABORT,
  /** A retry was asked for after the last one allowed. Final. */
  MAXRETRIES,
  /**
   * Refused by a worker of Python MRQ, because its task already ran as often as its concurrency
   * limit allows. Final.
   */
  MAXCONCURRENCY,
  /** Somebody cancelled it. Final. */
  CANCEL;

  private static final Set<JobStatus> FINAL =
      EnumSet.of(SUCCESS, FAILED, TIMEOUT, ABORT, MAXRETRIES, MAXCONCURRENCY, CANCEL);
  private static final Set<JobStatus> WAITING = EnumSet.of(QUEUED, RETRY, INTERRUPT);
  private static final Map<String, JobStatus> BY_TEXT =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(JobStatus::text, s -> s));

  private final String text = name().toLowerCase(Locale.ROOT);

  /** The form in documents and JSON, such as {@code queued}. */
  public String text() {
    return text;
  }

  /**
   * Whether nothing but a requeue by hand moves the job on. Only such documents carry {@code
   * dateexpires}.
   */
  public boolean isFinal() {
    return FINAL.contains(this);
  }

  /** All final statuses. */
  public static Set<JobStatus> finals() {
    return EnumSet.copyOf(FINAL);
  }

  /** All waiting statuses. */
  public static Set<JobStatus> waiting() {
    return EnumSet.copyOf(WAITING);
  }

  /** The status with this wire form, or nothing. */
  public static Optional<JobStatus> ofText(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }
}
