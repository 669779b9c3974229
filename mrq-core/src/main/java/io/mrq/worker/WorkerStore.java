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
 * Worker documents, {@code mrq_workers}: a worker beats here, because here its rescue is written.
 * Every method may throw {@link StoreUnavailableException}.
 */
public interface WorkerStore {
  /**
   * Inserts the document of a new lease, with beat 0. A document that is already there is left as
   * it is.
   *
   * @param document in plain values under MRQ's names, without {@code _id} and {@code beat}
   */
  void register(WorkerId worker, Map<String, @Nullable Object> document);

  /** Beats once: adds 1 to {@code beat} of a document that is not lost. */
  BeatReply beat(WorkerId worker);

  /**
   * Sets fields of the worker's document, {@code datereported} included; w: 1, and nothing when it
   * is gone.
   */
  void report(WorkerId worker, Map<String, @Nullable Object> fields);

  /** Asks a worker that beats and is not lost to drain; answers whether it is there. */
  boolean drain(WorkerId worker);

  /** Takes that wish back; answers whether the worker is there. */
  boolean undrain(WorkerId worker);

  /** All documents with a beat that are not marked lost. */
  List<Beat> beats();

  /** What is known of these workers; one without a document is left out. */
  Map<WorkerId, Presence> presence(Collection<WorkerId> workers);

  /**
   * Marks a worker lost when its beat is still this one; false: it lives. The document shows no
   * running jobs from then on.
   */
  boolean markLost(WorkerId worker, long beat);

  /** Marks a worker lost that has no document; false: it came back, or another marked it first. */
  boolean markAbsentLost(WorkerId worker, Instant now);

  /**
   * All worker documents, newest start first, in plain values, with {@code _id} as text under
   * {@code id}.
   */
  List<Map<String, @Nullable Object>> documents(int limit);

  /** The same in one line each. */
  default List<WorkerSummary> summaries(int limit) {
    return documents(limit).stream().map(WorkerSummary::of).flatMap(Optional::stream).toList();
  }

  /** Deletes documents not reported since {@code before}; answers how many. */
  long deleteUnreported(Instant before, int limit);

  /** What a worker document says of its worker. */
  enum Presence {
    /** It has a beat and is not marked lost. */
    BEATING,
    /** It is marked lost, or stopped: its started jobs are to be rescued. */
    LOST,
    /**
     * It has no beat, and its worker writes it: a Python worker, which is not judged here, and
     * which is alive though it was marked lost before its first report.
     */
    FOREIGN
  }

  /**
   * One beat as read.
   *
   * @param beat grows with each beat
   */
  record Beat(WorkerId worker, long beat) {}

  /** What a worker learns from its beat. */
  sealed interface BeatReply {
    /**
     * It lives.
     *
     * @param drain whether an operator asked it to drain
     */
    record Alive(boolean drain) implements BeatReply {}

    /** There is no document: insert it again. */
    record Absent() implements BeatReply {}

    /** The lease is lost: others run its jobs now. */
    record Lost() implements BeatReply {}
  }
}
