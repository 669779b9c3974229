package io.mrq.engine.log;

import io.mrq.job.Job;
import io.mrq.job.Run;
import io.mrq.log.JobLogChunk;
import io.mrq.log.JobLogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The lines that one run has logged and that are not stored yet. */
final class RunLog {
  /** The most characters of one chunk: at three bytes each it fits into a document. */
  private static final int MAX_CHUNK = 1024 * 1024;

  /** What a line takes in memory beside its text, in characters. */
  private static final int LINE_OVERHEAD = 64;

  /** The logger of lines about lines that were left out. */
  private static final String OWN_LOGGER = "io.mrq.engine.log.JobLogs";

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
    /** The line will be stored. */
    KEPT,
    /** The line is left out: the run has logged as much as is kept of one run. */
    LEFT_OUT,
    /** The line is left out: the run has ended. */
    TOO_LATE
  }

  /**
   * Lines on their way to the store.
   *
   * @param weight of the lines that the run logged; lines about what was left out weigh nothing,
   *     since they were never counted as waiting
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
    return line.message().length() + line.logger().length() + LINE_OVERHEAD;
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

  /** Whether the run has ended and all its lines are taken. */
  synchronized boolean isOver() {
    return ended && lines.isEmpty() && notBuffered == 0;
  }

  /** Whether {@link #take} would take a line. */
  synchronized boolean hasLines() {
    return !lines.isEmpty() || notBuffered > 0 || (leftOut > 0 && !limitTold);
  }

  /** Takes all lines, with one about what was left out. */
  synchronized List<Taken> take(Instant now) {
    int ownLines = lines.size();
    if (notBuffered > 0) {
      note(
          now,
          notBuffered + " lines were not kept: the job logged faster than lines could be stored");
      notBuffered = 0;
    }
    if (leftOut > 0 && !limitTold) {
      note(now, "this run has logged as much as is kept of one run: the rest is left out");
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
    lines.add(line(now, "WARN", OWN_LOGGER, message));
  }

  private List<Taken> chunks(List<JobLogLine> taken, int ownLines) {
    List<Taken> chunks = new ArrayList<>();
    int from = 0;
    long size = 0;
    for (int i = 0; i < taken.size(); i++) {
      long weight = weight(taken.get(i));
      if (i > from && size + weight > MAX_CHUNK) {
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
