package io.mrq.api.job;

import io.mrq.api.problem.Problem;
import io.mrq.job.JobId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the lines of one request. */
final class LineReport {
  /** How many refused lines are described; the others are counted. */
  private static final int MAX_ERRORS = 1000;

  private final List<ReadLine.Refused> errors = new ArrayList<>();
  private final @Nullable List<@Nullable String> ids;
  private final boolean dryRun;
  private long lines;
  private long enqueued;
  private long refused;

  /**
   * Creates a report.
   *
   * @param withIds whether it has the id of the job of each line
   * @param dryRun whether lines are checked, and no job is stored
   */
  LineReport(boolean withIds, boolean dryRun) {
    this.ids = withIds && !dryRun ? new ArrayList<>() : null;
    this.dryRun = dryRun;
  }

  boolean dryRun() {
    return dryRun;
  }

  /** The number of the last line up to which every job is stored or refused. */
  long lines() {
    return lines;
  }

  /** Every line up to this one is dealt with. */
  void upTo(long line) {
    lines = line;
    fillIds(line);
  }

  /** The job of this line is stored. */
  void enqueued(long line, JobId job) {
    enqueued++;
    if (ids != null) {
      fillIds(line);
      ids.set((int) line - 1, job.hex());
    }
  }

  /** This line is no job. */
  void refused(ReadLine.Refused line) {
    refused++;
    if (errors.size() < MAX_ERRORS) {
      // What a caller sent is repeated in messages; a problem keeps it short and printable.
      Problem.FieldError shown = new Problem.FieldError(null, line.field(), line.message());
      errors.add(new ReadLine.Refused(line.number(), shown.field(), shown.message()));
    }
  }

  private void fillIds(long line) {
    if (ids != null) {
      while (ids.size() < line) {
        ids.add(null);
      }
    }
  }

  /** The report as JSON. */
  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("lines", lines);
    json.put(dryRun ? "valid" : "enqueued", enqueued);
    json.put("refused", refused);
    json.put(
        "errors",
        errors.stream()
            .sorted(Comparator.comparingLong(ReadLine.Refused::number))
            .map(LineReport::json)
            .toList());
    if (ids != null) {
      json.put("ids", ids);
    }
    return json;
  }

  private static Map<String, Object> json(ReadLine.Refused line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", line.number());
    if (line.field() != null) {
      json.put("field", line.field());
    }
    json.put("message", line.message());
    return json;
  }
}
