package io.mrq.deployment.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What one rendering of the chart holds.
 *
 * @param all every object, in the order of the output
 */
record Objects(List<JsonNode> all) {

  List<JsonNode> of(String kind) {
    return all.stream().filter(o -> o.path("kind").asText().equals(kind)).toList();
  }

  /** The one object of that kind and name. */
  JsonNode one(String kind, String name) {
    List<JsonNode> found = of(kind).stream().filter(o -> name(o).equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(
          found.size()
              + " of "
              + kind
              + " "
              + name
              + "; there are "
              + of(kind).stream().map(Objects::name).toList());
    }
    return found.getFirst();
  }

  /** The specifications of all pods: those of the deployments, and the pod of {@code helm test}. */
  List<JsonNode> podSpecs() {
    return Stream.concat(
            of("Deployment").stream().map(d -> d.at("/spec/template/spec")),
            of("Pod").stream().map(p -> p.path("spec")))
        .toList();
  }

  /** The Spring properties that a deployment's ConfigMap holds. */
  JsonNode config(String name) {
    return yaml(one("ConfigMap", name).at("/data/application.yaml").asText());
  }

  static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  static Stream<JsonNode> each(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  static JsonNode yaml(String text) {
    try {
      return Chart.YAML.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
