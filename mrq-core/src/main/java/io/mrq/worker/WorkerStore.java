package io.mrq.worker;

import io.mrq.job.WorkerId;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Port to the documents of workers, {@code mrq_workers}. Workers beat in the same store in which
 * their rescue is written, so that a process that can rescue them also sees their beats. Every
 * method may throw {@link StoreUnavailableException}.
 */
public interface WorkerStore {
  /** How many worker documents a list for people holds at the most. */
  int MAX_LISTED = 1000;

  /**
   * Inserts the document of a new lease, with beat 0. A document that exists is not changed.
   *
   * @param document plain values under MRQ's field names, without {@code _id} and {@code beat}
   */
  void register(WorkerId worker, Map<String, @Nullable Object> document);

  /**
   * Adds 1 to {@code beat} and renews {@code datereported}, if the document exists and is not
   * marked lost.
   */
  BeatReply beat(WorkerId worker);

  /**
   * Sets fields of the worker's document, {@code datereported} among them. Does nothing if there is
   * no document. The write may be lost in a failover: the next report repeats it.
   */
  void report(WorkerId worker, Map<String, @Nullable Object> fields);

  /**
   * Asks a worker to drain: it claims no more jobs, and the jobs that it runs go on. It learns of
   * it with its next beat, within about a second, and drains until {@link #undrain} or its end.
   *
   * @return false if there is no such worker, it has no beat, or it is marked lost
   */
  boolean drain(WorkerId worker);

  /**
   * Lets a draining worker claim jobs again.
   *
   * @return false if there is no such worker, it has no beat, or it is marked lost
   */
  boolean undrain(WorkerId worker);

  /** The beats of all workers that are not marked lost. */
  List<Beat> beats();

  /** What the documents of these workers say; a worker without a document is left out. */
  Map<WorkerId, Presence> presence(Collection<WorkerId> workers);

  /**
   * Marks a worker lost if its beat has not changed. Its document shows no running jobs from then
   * on.
   *
   * @param beat the last one that was read
   * @return false if it has beaten since, so it is alive
   */
  boolean markLost(WorkerId worker, long beat);

  /**
   * Marks a worker lost that has no document.
   *
   * @return false if it has one by now: it came back, or another process marked it first
   */
  boolean markAbsentLost(WorkerId worker, Instant now);

  /**
   * The documents of workers, last started first, in plain values, with {@code _id} as text under
   * {@code id}.
   */
  List<Map<String, @Nullable Object>> documents(int limit);

  /** The summaries of the same workers as {@link #documents}. */
  default List<WorkerSummary> summaries(int limit) {
    return documents(limit).stream().map(WorkerSummary::of).flatMap(Optional::stream).toList();
  }

  /** Deletes documents that were last reported before this time; returns how many. */
  long deleteUnreported(Instant before, int limit);

  /** What a worker's document says of it. */
  enum Presence {
    /** It has a beat and is not marked lost. */
    BEATING,
    /** It is marked lost, or has stopped: its started jobs are to be rescued. */
    LOST,
    /**
     * A Python worker reports to it: it has no beat, so it is not judged here. It is alive even if
     * it was marked lost before its first report.
     */
    FOREIGN
  }

  /**
   * The beat of one worker, as it was read.
   *
   * @param beat how often it has beaten
   */
  record Beat(WorkerId worker, long beat) {}

  /** What a worker learns when it beats. */
  sealed interface BeatReply {
    /**
     * The beat counts.
     *
     * @param drain whether an operator asked it to drain
     */
    record Alive(boolean drain) implements BeatReply {}

    /** There is no document: it has to be inserted again. */
    record Absent() implements BeatReply {}

    /** The lease is lost: other workers run its jobs now. */
    record Lost() implements BeatReply {}
  }
}
