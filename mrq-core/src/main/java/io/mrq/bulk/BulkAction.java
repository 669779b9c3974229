package io.mrq.bulk;

import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A requeue or a cancel of all jobs that pass a filter. The maintenance of any scheduler runs it in
 * the background.
 *
 * @param id made when the action is requested
 * @param kind what is done with each job
 * @param filter which jobs
 * @param queue the queue into which a requeue puts the jobs; null: each into the one that it was in
 * @param status how far the action is
 * @param who requested it
 * @param created when it was requested; jobs that are enqueued later are left alone
 * @param started when a scheduler began to run it; null: not yet
 * @param ended when it was done, stopped or failed; null: not yet
 * @param progress how many jobs it has dealt with
 * @param error why it failed; null: it did not fail
 */
public record BulkAction(
    BulkActionId id,
    Kind kind,
    BulkFilter filter,
    @Nullable String queue,
    Status status,
    String who,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant ended,
    BulkProgress progress,
    @Nullable String error) {

  /**
   * The jobs that the action may change: those that pass the filter, are in a status that its kind
   * may leave, and were enqueued no later than in the second in which it was created, since ids
   * count whole seconds.
   *
   * @return nothing when the filter names only other statuses
   */
  public Optional<BulkFilter> scope() {
    Instant end = created.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofSeconds(1));
    return filter.before(end).in(kind.from());
  }

  /** What is done with each job. The form in documents and JSON is the name in lower case. */
  public enum Kind {
    /** Puts jobs that have ended, or wait for a retry, at the tail of a queue. */
    REQUEUE(JobTransition.REQUEUE, JobTransition.DUE, JobTransition.RESUME),
    /** Cancels jobs that wait. */
    CANCEL(JobTransition.CANCEL);

    private final String text = name().toLowerCase(Locale.ROOT);
    private final Set<JobStatus> from = EnumSet.noneOf(JobStatus.class);
    private final JobStatus to;

    Kind(JobTransition... rows) {
      for (JobTransition row : rows) {
        from.addAll(row.from());
      }
      to = rows[0].to();
    }

    /** The statuses that this kind may leave. */
    public Set<JobStatus> from() {
      return EnumSet.copyOf(from);
    }

    /** The status that jobs get. */
    public JobStatus to() {
      return to;
    }

    /** The form in documents and JSON. */
    public String text() {
      return text;
    }

    /** The kind with this form in documents and JSON; empty when there is none. */
    public static Optional<Kind> ofText(String text) {
      return Stream.of(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
  }

  /** How far an action is. The form in documents and JSON is the name in lower case. */
  public enum Status {
    /** It waits for a scheduler. */
    WAITING,
    /** A scheduler runs it; when that one dies, another goes on. */
    RUNNING,
    /** It has dealt with all its jobs. */
    DONE,
    /** Somebody stopped it; jobs that it had changed stay as they are. */
    STOPPED,
    /** It could not go on; jobs that it had changed stay as they are. */
    FAILED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Whether it may still change jobs. */
    public boolean isOpen() {
      return this == WAITING || this == RUNNING;
    }

    /** The form in documents and JSON. */
    public String text() {
      return text;
    }

    /** The status with this form in documents and JSON; empty when there is none. */
    public static Optional<Status> ofText(String text) {
      return Stream.of(values()).filter(status -> status.text.equals(text)).findFirst();
    }
  }
}
