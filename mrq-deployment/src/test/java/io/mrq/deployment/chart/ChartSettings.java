package io.mrq.deployment.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** What the chart sets in the services, over all ways to install it. */
public final class ChartSettings {
  private ChartSettings() {}

  /** Names of the Spring properties in all ConfigMaps, such as {@code mrq.worker.queues[0]}. */
  public static Set<String> properties() {
    Set<String> names = new TreeSet<>();
    for (Path values : Chart.valuesFiles()) {
      Objects objects = Chart.render(values);
      for (JsonNode deployment : objects.of("Deployment")) {
        flatten(objects.config(Objects.name(deployment)), "", names);
      }
    }
    return names;
  }

  /** Names of the environment variables of all containers. */
  public static Set<String> variables() {
    Set<String> names = new TreeSet<>();
    for (Path values : Chart.valuesFiles()) {
      for (JsonNode pod : Chart.render(values).podSpecs()) {
        Objects.each(pod.at("/containers/0/env")).forEach(e -> names.add(e.path("name").asText()));
      }
    }
    return names;
  }

  private static void flatten(JsonNode node, String at, Set<String> names) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              e -> flatten(e.getValue(), at.isEmpty() ? e.getKey() : at + "." + e.getKey(), names));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(node.get(i), at + "[" + i + "]", names);
      }
    } else {
      names.add(at);
    }
  }
}
