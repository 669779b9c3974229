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
 * A move of all jobs that pass a filter, done in the background by the maintenance of any
 * scheduler.
 *
 * @param id made when it is asked for
 * @param kind which move
 * @param filter which jobs
 * @param queue where a requeue puts them; null: each where it was
 * @param status where it stands
 * @param who asked for it
 * @param created when it was asked for; jobs that are made later are not touched
 * @param started when a scheduler began; null: not yet
 * @param ended when it was done, stopped or failed; null: not yet
 * @param progress how far it has come
 * @param error why it failed; null: it did not
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
   * The jobs that may be moved: those of the filter that are in a status which the move may leave,
   * made in the second of the creation or before, since ids count whole seconds. Nothing when the
   * filter is for other statuses only.
   */
  public Optional<BulkFilter> scope() {
    Instant end = created.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofSeconds(1));
    return filter.before(end).in(kind.from());
  }

  /** Which move. The wire form is the constant's name in lower case. */
  public enum Kind {
    /** To the tail of a queue; jobs that have ended, and those that wait for a retry. */
    REQUEUE(JobTransition.REQUEUE, JobTransition.DUE, JobTransition.RESUME),
    /** Jobs that wait. */
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

    /** The statuses that it may leave. */
    public Set<JobStatus> from() {
      return EnumSet.copyOf(from);
    }

    /** The status that it leads to. */
    public JobStatus to() {
      return to;
    }

    /** The form in documents and JSON. */
    public String text() {
      return text;
    }

    /** The kind with this wire form, or nothing. */
    public static Optional<Kind> ofText(String text) {
      return Stream.of(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }
  }

  /** Where it stands. The wire form is the constant's name in lower case. */
  public enum Status {
    /** For a scheduler. */
    WAITING,
    /** A scheduler is at it, or will go on with it when that one has died. */
    RUNNING,
    /** It has gone through all jobs. */
    DONE,
    /** Somebody stopped it; what it had moved stays moved. */
    STOPPED,
    /** It could not go on; what it had moved stays moved. */
    FAILED;

    private final String text = name().toLowerCase(Locale.ROOT);

    /** Whether it will still move jobs. */
    public boolean isOpen() {
      return this == WAITING || this == RUNNING;
    }

    /** The form in documents and JSON. */
    public String text() {
      return text;
    }

    /** The status with this wire form, or nothing. */
    public static Optional<Status> ofText(String text) {
      return Stream.of(values()).filter(status -> status.text.equals(text)).findFirst();
    }
  }
}
