package io.mrq.deployment.monitoring;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a service answers to Prometheus.
 *
 * @param text in the exposition format
 * @param labels of every series, by its name
 */
record Scrape(String text, Map<String, Set<String>> labels) {
  private static final Pattern SERIES = Pattern.compile("^([a-z_][a-z0-9_]*)(?:\\{(.*)})? \\S+.*");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

  static Scrape of(String text) {
    Map<String, Set<String>> labels = new HashMap<>();
    for (String line : text.lines().toList()) {
      Matcher series = SERIES.matcher(line);
      if (series.matches()) {
        Set<String> names = labels.computeIfAbsent(series.group(1), _ -> new TreeSet<>());
        if (series.group(2) != null) {
          LABEL.matcher(series.group(2)).results().forEach(m -> names.add(m.group(1)));
        }
      }
    }
    return new Scrape(text, labels);
  }

  /** Only our own series, with their help and type. */
  String own() {
    return text.lines()
            .filter(line -> line.startsWith("mrq_") || line.matches("# (HELP|TYPE) mrq_.*"))
            .collect(Collectors.joining("\n"))
        + "\n";
  }
}
