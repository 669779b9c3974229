package io.mrq.benchmarks.report;

import java.util.List;

/**
 * What one row has measured.
 *
 * @param id by which the command line names the row
 * @param title what was done, with the sizes
 * @param figures in the order in which they are read
 * @param notes what a reader should know, such as what was checked
 */
public record RowResult(String id, String title, List<Figure> figures, List<String> notes) {}
