package io.mrq.mongo.log;

import io.mrq.log.JobLogChunk;
import io.mrq.log.JobLogLine;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.job.JobFilters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of a job's log to documents and back. They have Python's fields, {@code {job, logs}},
 * where {@code logs} is the text of all lines, and our own, {@code {worker, claim, attempt, lines:
 * [{at, level, logger, size}]}}. {@code size} says how long the text of a line is, so that no text
 * is stored twice.
 */
final class JobLogDocuments {
  static final String ID = "_id";
  static final String JOB = "job";
  static final String LOGS = "logs";
  static final String WORKER = "worker";
  static final String CLAIM = "claim";
  static final String ATTEMPT = "attempt";
  static final String LINES = "lines";

  private static final String AT = "at";
  private static final String LEVEL = "level";
  private static final String LOGGER = "logger";
  private static final String SIZE = "size";
  private static final String INFO = "INFO";

  /** A line that Python wrote: {@code time [LEVEL] message}. */
  private static final Pattern PYTHON = Pattern.compile("[^\\[]{0,40}\\[([A-Z]{1,10})] .*");

  private JobLogDocuments() {}

  static RawBsonDocument of(JobLogChunk chunk) {
    StringBuilder text = new StringBuilder();
    List<Map<String, Object>> lines = new ArrayList<>(chunk.lines().size());
    for (JobLogLine line : chunk.lines()) {
      int before = text.length();
      text.append(head(line.at(), line.level())).append(line.message()).append('\n');
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put(AT, line.at());
      entry.put(LEVEL, line.level());
      entry.put(LOGGER, line.logger());
      entry.put(SIZE, text.length() - before);
      lines.add(entry);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(ID, new ObjectId(chunk.id()));
    document.put(JOB, JobFilters.id(chunk.run().job()));
    document.put(LOGS, text.toString());
    document.put(WORKER, JobFilters.id(chunk.run().claim().worker()));
    document.put(CLAIM, JobFilters.id(chunk.run().claim().token()));
    document.put(ATTEMPT, chunk.lines().getFirst().attempt());
    document.put(LINES, lines);
    return PlainBson.encode(document);
  }

  private static String head(Instant at, String level) {
    return at + " [" + level + "] ";
  }

  /** The lines of a document that MRQ or Python wrote. */
  static List<JobLogLine> lines(RawBsonDocument document) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    String text = Objects.requireNonNullElse(fields.text(LOGS), "");
    int attempt = fields.count(ATTEMPT);
    List<JobLogLine> lines = new ArrayList<>();
    int from = 0;
    for (Object entry : fields.list(LINES)) {
      JobLogLine line = line(entry, text, from, attempt);
      if (line == null) {
        return foreign(document, text);
      }
      lines.add(line);
      from += head(line.at(), line.level()).length() + line.message().length() + 1;
    }
    return lines.isEmpty() ? foreign(document, text) : lines;
  }

  private static @Nullable JobLogLine line(
      @Nullable Object entry, String text, int from, int attempt) {
    FieldReader fields = FieldReader.of(entry);
    if (fields == null) {
      return null;
    }
    Instant at = fields.date(AT);
    String level = fields.text(LEVEL);
    Integer size = fields.integer(SIZE);
    if (at == null || level == null || size == null) {
      return null;
    }
    int start = from + head(at, level).length();
    int end = from + size - 1;
    if (end < start || end > text.length()) {
      return null;
    }
    return new JobLogLine(
        at,
        level,
        Objects.requireNonNullElse(fields.text(LOGGER), ""),
        text.substring(start, end),
        attempt);
  }

  /** The lines of a document that Python wrote: a text alone, dated by the id of the document. */
  private static List<JobLogLine> foreign(RawBsonDocument document, String text) {
    Instant at =
        document.isObjectId(ID)
            ? document.getObjectId(ID).getValue().getDate().toInstant()
            : Instant.EPOCH;
    return text.lines().map(line -> new JobLogLine(at, level(line), "", line, 0)).toList();
  }

  private static String level(String line) {
    Matcher python = PYTHON.matcher(line);
    return python.matches() ? python.group(1) : INFO;
  }
}
