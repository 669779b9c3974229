package io.mrq.benchmarks.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that one call of the command has measured.
 *
 * @param date when it began
 * @param version the commit of the sources
 * @param machine where
 * @param settings the options, and the versions of the stores
 * @param rows in the order in which they were measured
 */
public record Report(
    String date,
    String version,
    Machine machine,
    Map<String, String> settings,
    List<RowResult> rows) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Writes it as JSON. */
  public void write(Path file) {
    JSON.writeValue(file.toFile(), this);
  }

  /** Reads what {@link #write} has written. */
  public static Report read(Path file) {
    return JSON.readValue(file.toFile(), Report.class);
  }
}
