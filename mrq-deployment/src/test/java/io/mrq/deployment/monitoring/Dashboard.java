package io.mrq.deployment.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mrq.deployment.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The Grafana dashboard that the chart and the compose file install. */
final class Dashboard {
  private Dashboard() {}

  static JsonNode content() {
    try {
      return new ObjectMapper().readTree(Repository.text("helm/mrq/files/grafana/mrq.json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The panels that show something; rows only group them. */
  static List<JsonNode> panels() {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : content().path("panels")) {
      if (!panel.path("type").asText().equals("row")) {
        panels.add(panel);
      }
    }
    return panels;
  }

  /** The queries, Grafana's variables filled in with "all". */
  static List<String> queries() {
    List<String> queries = new ArrayList<>();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            target
                .path("expr")
                .asText()
                .replace("$__rate_interval", "5m")
                .replaceAll("\\$(namespace|queue)", ".*"));
      }
    }
    return queries;
  }
}
