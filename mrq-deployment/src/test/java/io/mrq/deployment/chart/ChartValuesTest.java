package io.mrq.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.mrq.deployment.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schema of the values: a mistake is told at once, and not found in the cluster. */
class ChartValuesTest {

  @ParameterizedTest
  @CsvSource({
    "api.replica, 3",
    "api.replicas, many",
    "api.pathPrefix, mrq",
    "api.pathPrefix, /mrq/",
    "image.registry, registry.example.com/",
    "mongodb.existingSecret.name, ''",
    "workerGroups[0].slots, 0",
    "workerGroups[0].queue, mails",
    "workerGroups[0].queues[0], a queue",
    "workerDefaults.queues[0], mails/",
    "workerDefaults.queues[0], mails_timed_set/spain",
    "workerGroups[0].name, Mails",
    "workerGroups[0].autoscaling.kind, magic",
    "workerDefaults.drainSeconds, -1",
    "redis.port, 70000",
    "logFormat, xml",
    "podDisruptionBudget.maxUnavailable, 0",
    "keda.serverAddress, prometheus:9090",
  })
  void aMistakeIsRefused(String key, String value) {
    assertThatThrownBy(() -> Chart.render(Map.of(key, value))).hasMessageContaining("schema");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mails/spain", "dataset", "parent/child_raw", "x_reversed", "urgent:b"})
  void aQueueThatAWorkerServesIsTaken(String queue) {
    assertThatCode(() -> Chart.render(group(queue))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a queue", "mails/", "mails_reverse", "mails_raw", "mails_set/spain"})
  void aQueueThatNoWorkerServesIsRefused(String queue) {
    assertThatThrownBy(() -> Chart.render(group(queue))).hasMessageContaining("queues/0");
  }

  private static Map<String, String> group(String queue) {
    return Map.of("workerGroups[0].name", "mails", "workerGroups[0].queues[0]", queue);
  }

  @Test
  void twoGroupsOfOneNameAreRefused() {
    assertThatThrownBy(() ->
            Chart.render(Map.of("workerGroups[0].name", "mails", "workerGroups[1].name", "mails")))
        .hasMessageContaining("two groups are named");
  }

  @Test
  void theSchemaKnowsEveryValueAndNoOther() throws Exception {
    JsonNode schema = Chart.YAML.readTree(Repository.text("helm/mrq/values.schema.json"));
    List<String> open = new ArrayList<>();
    collectOpen(schema, "", open);

    assertThat(open).as("objects with named properties that allow others").isEmpty();
    assertThat(names(schema.path("properties")))
        .containsExactlyInAnyOrderElementsOf(
            withGlobal(names(Chart.YAML.readTree(Repository.text("helm/mrq/values.yaml")))));
  }

  /** Helm hands "global" to every chart that is part of another one. */
  private static List<String> withGlobal(List<String> names) {
    List<String> all = new ArrayList<>(names);
    all.add("global");
    return all;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static void collectOpen(JsonNode schema, String at, List<String> open) {
    if (schema.path("properties").isObject()
        && schema.path("additionalProperties").asBoolean(true)) {
      open.add(at);
    }
    schema.properties().forEach(e -> collectOpen(e.getValue(), at + "/" + e.getKey(), open));
  }
}
