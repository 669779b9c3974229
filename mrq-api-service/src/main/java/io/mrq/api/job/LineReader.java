package io.mrq.api.job;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import io.mrq.api.request.BodyLines;
import io.mrq.api.request.JsonBody;
import io.mrq.api.request.LineLimits;
import io.mrq.client.JobRequest;
import io.mrq.job.InvalidJobException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a body, and passes them on as soon as the sender pauses. */
final class LineReader {
  private final BodyLines body;
  private final LineIds ids;
  private final ParamsCheck params;
  private final LineFeed feed;
  private List<ReadLine> read = new ArrayList<>();
  private long bytes;
  private long passedOn;

  /**
   * Begins with a body.
   *
   * @param gzip whether it is compressed
   * @param ids the ids of the jobs
   * @param params checks the params of each job
   * @param feed takes the lines
   */
  LineReader(
      InputStream body,
      boolean gzip,
      LineLimits limits,
      LineIds ids,
      ParamsCheck params,
      LineFeed feed)
      throws IOException {
    this.body = BodyLines.of(body, gzip, limits, this::passOn);
    this.ids = ids;
    this.params = params;
    this.feed = feed;
  }

  /** Reads to the end of the body, in any case; answers why not all lines count, or null. */
  @Nullable Problem readAll() {
    try {
      Optional<BodyLines.Line> next = body.next();
      while (next.isPresent()) {
        add(next.get());
        next = body.next();
      }
      passOn();
      return null;
    } catch (ProblemException tooLarge) {
      passOn();
      body.skipRest();
      return tooLarge.problem();
    } catch (IOException gone) {
      passOn();
      return Problem.of(
          ProblemType.BAD_REQUEST,
          "The body could not be read to its end: %s. The lines that arrived whole are dealt with."
              .formatted(gone.getMessage()));
    } catch (CancellationException _) {
      // Whoever stores the jobs knows why. The sender comes to read the answer when all is sent.
      body.skipRest();
      return null;
    }
  }

  private void add(BodyLines.Line line) {
    if (line.isBlank()) {
      return;
    }
    read.add(parsed(line));
    bytes += line.bytes().length;
    if (read.size() >= LineFeed.MAX_LINES || bytes >= LineFeed.MAX_BYTES) {
      passOn();
    }
  }

  private ReadLine parsed(BodyLines.Line line) {
    if (line.tooLong()) {
      return new ReadLine.Refused(
          line.number(),
          null,
          "The line is longer than %d bytes (2 MB).".formatted(BodyLines.MAX_LINE));
    }
    try {
      JobRequest job = JobBatch.request(JsonBody.readLine(line.bytes()));
      params.one(job);
      return new ReadLine.Asked(line.number(), ids.of(line), job);
    } catch (InvalidJobException bad) {
      return new ReadLine.Refused(line.number(), bad.field(), bad.complaint());
    } catch (ProblemException bad) {
      return refused(line.number(), bad.problem());
    }
  }

  private static ReadLine refused(long number, Problem problem) {
    if (problem.errors().size() != 1) {
      return new ReadLine.Refused(number, null, problem.detail());
    }
    Problem.FieldError error = problem.errors().getFirst();
    return new ReadLine.Refused(
        number, error.field(), error.field() == null ? problem.detail() : error.message());
  }

  private void passOn() {
    if (body.number() == passedOn) {
      return;
    }
    LineFeed.Batch batch = new LineFeed.Batch(read, body.number(), bytes);
    read = new ArrayList<>();
    bytes = 0;
    passedOn = body.number();
    try {
      if (!feed.put(batch)) {
        throw new CancellationException();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }
}
