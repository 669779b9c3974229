package io.mrq.deployment.monitoring;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query, taken apart far enough to tell what it asks for.
 *
 * @param metrics names of the series
 * @param labels names of the labels, wherever they stand
 */
record Query(Set<String> metrics, Set<String> labels) {
  private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)+");
  private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("([a-z_]+)\\s*(?:=~|!~|!=|=)");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)");

  static Query of(String promql) {
    Set<String> labels = new TreeSet<>();
    Matcher selector = SELECTOR.matcher(promql);
    while (selector.find()) {
      MATCHER.matcher(selector.group(1)).results().forEach(m -> labels.add(m.group(1)));
    }
    Matcher grouping = GROUPING.matcher(promql);
    while (grouping.find()) {
      for (String label : grouping.group(1).split(",")) {
        labels.add(label.strip());
      }
    }
    String bare =
        promql
            .replaceAll("\"[^\"]*\"", "")
            .replaceAll("\\{[^}]*}", " ")
            .replaceAll("\\[[^]]*]", " ")
            .replaceAll(GROUPING.pattern(), " ");
    Set<String> metrics = new TreeSet<>();
    METRIC
        .matcher(bare)
        .results()
        .map(m -> m.group())
        .filter(n -> !n.equals("histogram_quantile"))
        .forEach(metrics::add);
    return new Query(metrics, labels);
  }
}
