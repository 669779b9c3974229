package io.mrq.deployment.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mrq.deployment.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The alert rules that the chart and the compose file install. */
final class AlertRules {
  static final String FILE = "helm/mrq/files/alerts.yaml";

  private AlertRules() {}

  /** All rules, as {@code alert}, {@code expr}, {@code labels}, {@code annotations}. */
  static List<JsonNode> all() {
    try {
      List<JsonNode> rules = new ArrayList<>();
      new YAMLMapper()
          .readTree(Repository.text(FILE))
          .path("groups")
          .forEach(group -> group.path("rules").forEach(rules::add));
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
