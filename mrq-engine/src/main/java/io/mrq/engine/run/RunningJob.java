package io.mrq.engine.run;

import io.mrq.engine.home.RunHome;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobOutcome;
import io.mrq.job.Run;
import io.mrq.job.RunNotes;
import io.mrq.job.TraceContext;
import io.mrq.store.PreparedCompletion;
import io.mrq.task.TaskSettings;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run in this worker, from its claim until its outcome is known to be stored or dropped. The
 * first decision about its outcome counts: a task that swallows its interrupt cannot turn a timeout
 * into a success.
 */
public final class RunningJob {
  private final Job job;
  private final Run run;
  private final RunHome home;
  private final TaskSettings settings;
  private final long startedNanos;
  private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
  private final RunThreads threads = new RunThreads();
  private final AtomicBoolean submitted = new AtomicBoolean();
  private volatile long decidedNanos;
  private volatile boolean interrupted;
  private volatile long interruptedNanos;
  private volatile @Nullable Double progress;
  private volatile @Nullable Double storedProgress;
  private volatile @Nullable TraceContext trace;

  /** What was decided about the outcome of a run. */
  public sealed interface Ending {
    /**
     * The outcome is to be stored.
     *
     * @param prepared the encoded outcome; null when it is not encoded yet
     */
    record ToStore(JobOutcome outcome, @Nullable PreparedCompletion prepared) implements Ending {
      public ToStore(JobOutcome outcome) {
        this(outcome, null);
      }
    }

    /** Another worker has the job now, or the job was cancelled: nothing is stored. */
    record Dropped(String why) implements Ending {}

    /** Whether the job may run again as soon as this is stored. */
    default boolean runsAgain() {
      return this instanceof ToStore store && store.outcome instanceof JobOutcome.Retried;
    }
  }

  /**
   * A run that was just claimed.
   *
   * @param home keeps the run, and takes its outcome
   * @param startedNanos when it was claimed
   */
  public RunningJob(Job job, Claim claim, RunHome home, TaskSettings settings, long startedNanos) {
    this.job = job;
    this.run = new Run(job.id(), claim);
    this.home = home;
    this.settings = settings;
    this.startedNanos = startedNanos;
  }

  public Job job() {
    return job;
  }

  public Claim claim() {
    return run.claim();
  }

  public Run run() {
    return run;
  }

  public RunHome home() {
    return home;
  }

  public TaskSettings settings() {
    return settings;
  }

  public long startedNanos() {
    return startedNanos;
  }

  long decidedNanos() {
    return decidedNanos;
  }

  public @Nullable Ending ending() {
    return ending.get();
  }

  /** Decides how the run ends; false when that was decided before. */
  public boolean decide(Ending how, long nanos) {
    if (ending.get() != null) {
      return false;
    }
    decidedNanos = nanos;
    return ending.compareAndSet(null, how);
  }

  /** Replaces an earlier decision; false when it is not the present one any more. */
  boolean replace(Ending before, Ending how) {
    return ending.compareAndSet(before, how);
  }

  void progress(double ratio) {
    progress = ratio;
  }

  /** The latest progress, if it is not stored yet and the run goes on; else null. */
  @Nullable Double progressToStore() {
    Double latest = progress;
    return latest == null || latest.equals(storedProgress) || ending() != null ? null : latest;
  }

  /** Notes the span of this attempt, to which the next attempt will link. */
  void tracedAs(@Nullable String traceparent) {
    trace = traceparent == null ? null : TraceContext.after(job.trace(), traceparent);
  }

  void progressStored(double ratio) {
    storedProgress = ratio;
  }

  /** What the run says about itself, stored with its outcome. */
  public RunNotes notes(JobOutcome outcome) {
    Double latest = progress;
    boolean succeeded = outcome instanceof JobOutcome.Succeeded;
    return new RunNotes(latest != null && succeeded ? Double.valueOf(1) : latest, trace);
  }

  /** Answers true to one caller only, who then hands the outcome to the completer. */
  public boolean submitOnce() {
    return submitted.compareAndSet(false, true);
  }

  /** Allows the outcome to be submitted again, after a submission that failed. */
  public void submitAgain() {
    submitted.set(false);
  }

  boolean isSubmitted() {
    return submitted.get();
  }

  public void runsOn(Thread own) {
    threads.bodyRunsOn(own);
  }

  /**
   * Starts a child: a thread that belongs to this run until it ends. Interrupts reach it as they
   * reach the body, and it is interrupted when the body ends before it.
   *
   * @throws IllegalStateException when the body has ended
   */
  void startChild(Thread child) {
    threads.start(child);
  }

  void childLeft(Thread child) {
    threads.left(child);
  }

  public void bodyEnded() {
    threads.bodyEnded();
  }

  public boolean hasBodyEnded() {
    return threads.hasBodyEnded();
  }

  /** Interrupts the body while it goes on, and all children. */
  public void interrupt() {
    threads.interrupt();
  }

  /** Interrupts all threads of the run, unless this was called before. */
  void interruptOnce(long nanos) {
    if (!interrupted) {
      interruptedNanos = nanos;
      interrupted = true;
      interrupt();
    }
  }

  /** When {@link #interruptOnce} was called first. */
  long interruptedNanos() {
    return interruptedNanos;
  }

  /** The stack of each thread of the run, for people; that of the body comes first. */
  public List<String> stacks() {
    return threads.stacks();
  }

  /** All stacks in one text. */
  public String stack() {
    return String.join("", threads.stacks());
  }
}
