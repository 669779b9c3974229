package io.mrq.engine.log;

import io.mrq.job.Job;
import io.mrq.job.Run;
import io.mrq.log.JobLogChunk;
import io.mrq.log.JobLogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What one run has logged and nobody has stored yet. */
final class RunLog {
  /** A document holds at most so many characters, whatever the limits are: three bytes each fit. */
  private static final int CHUNK = 1024 * 1024;

  private static final int OVERHEAD = 64;
  private static final String OWN = "io.mrq.engine.log.JobLogs";

  private final Run run;
  private final int attempt;
  private List<JobLogLine> lines = new ArrayList<>();
  private long logged;
  private long leftOut;
  private long notBuffered;
  private boolean limitTold;
  private boolean ended;

  /** What became of a line. */
  enum Added {
    /** It will be stored. */
    KEPT,
    /** The run has logged as much as is kept. */
    LEFT_OUT,
    /** The run has ended. */
    TOO_LATE
  }

  /**
   * Lines on their way to the store.
   *
   * @param weight of what was logged; what is said here about left out lines weighs nothing, since
   *     it waits nowhere before
   */
  record Taken(JobLogChunk chunk, long weight) {}

  RunLog(Job job, Run run) {
    this.run = run;
    this.attempt = job.attempt();
  }

  Run run() {
    return run;
  }

  /** The memory that a line takes, in characters. */
  static long weight(JobLogLine line) {
    return line.message().length() + line.logger().length() + OVERHEAD;
  }

  JobLogLine line(Instant at, String level, String logger, String message) {
    return new JobLogLine(at, level, logger, message, attempt);
  }

  /** Keeps a line, unless the run has logged too much or has ended. */
  synchronized Added add(JobLogLine line, long limit) {
    if (ended) {
      return Added.TOO_LATE;
    }
    if (logged + weight(line) > limit) {
      leftOut++;
      return Added.LEFT_OUT;
    }
    logged += weight(line);
    lines.add(line);
    return Added.KEPT;
  }

  /** Notes that a line found no room in memory. */
  synchronized void notBuffered() {
    if (!ended) {
      notBuffered++;
    }
  }

  synchronized void end() {
    ended = true;
  }

  /** Whether nothing will come any more, and all is taken. */
  synchronized boolean isOver() {
    return ended && lines.isEmpty() && notBuffered == 0;
  }

  /** Takes what has gathered, with a line about what was left out. */
  synchronized List<Taken> take(Instant now) {
    int ownLines = lines.size();
    if (notBuffered > 0) {
      note(now, notBuffered + " lines were not kept: the store was slower than the log");
      notBuffered = 0;
    }
    if (leftOut > 0 && !limitTold) {
      note(now, "this run has logged as much as is kept of one run; the rest is left out");
      limitTold = true;
    }
    if (lines.isEmpty()) {
      return List.of();
    }
    List<JobLogLine> taken = lines;
    lines = new ArrayList<>();
    return chunks(taken, ownLines);
  }

  private void note(Instant now, String message) {
    lines.add(line(now, "WARN", OWN, message));
  }

  private List<Taken> chunks(List<JobLogLine> taken, int ownLines) {
    List<Taken> chunks = new ArrayList<>();
    int from = 0;
    long size = 0;
    for (int i = 0; i < taken.size(); i++) {
      long weight = weight(taken.get(i));
      if (i > from && size + weight > CHUNK) {
        chunks.add(chunk(taken, from, i, ownLines));
        from = i;
        size = 0;
      }
      size += weight;
    }
    chunks.add(chunk(taken, from, taken.size(), ownLines));
    return chunks;
  }

  private Taken chunk(List<JobLogLine> taken, int from, int to, int ownLines) {
    long weight =
        taken.subList(Math.min(from, ownLines), Math.min(to, ownLines)).stream()
            .mapToLong(RunLog::weight)
            .sum();
    return new Taken(JobLogChunk.of(run, taken.subList(from, to)), weight);
  }
}
