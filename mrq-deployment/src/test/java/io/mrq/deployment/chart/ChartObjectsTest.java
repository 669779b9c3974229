package io.mrq.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether Kubernetes would take what the chart makes, for each way to install it. */
class ChartObjectsTest {
  private static final String DNS_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final String LABEL_VALUE = "|[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?";

  static List<Path> valuesFiles() {
    return Chart.valuesFiles();
  }

  @Test
  void lintFindsNothing() {
    var result = Chart.lint();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("valuesFiles")
  void everyObjectFitsTheModelOfItsKind(Path values) {
    assertThat(Chart.render(values).all()).isNotEmpty().allSatisfy(StrictModel::check);
  }

  @ParameterizedTest
  @MethodSource("valuesFiles")
  void namesAndLabelsAreLegal(Path values) {
    Set<String> seen = new HashSet<>();
    for (JsonNode object : Chart.render(values).all()) {
      String name = Objects.name(object);
      assertThat(name).matches(DNS_LABEL);
      assertThat(seen.add(object.path("kind").asText() + "/" + name)).as(name).isTrue();
      assertThat(labels(object.at("/metadata/labels"))).isNotEmpty();
      for (String at : List.of("/metadata/labels", "/spec/template/metadata/labels")) {
        assertThat(labels(object.at(at)).values()).allMatch(v -> v.matches(LABEL_VALUE));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("valuesFiles")
  void whatIsReferredToIsThere(Path values) {
    Objects objects = Chart.render(values);
    Set<String> configMaps =
        objects.of("ConfigMap").stream().map(Objects::name).collect(Collectors.toSet());
    for (JsonNode deployment : objects.of("Deployment")) {
      JsonNode pod = deployment.at("/spec/template");
      assertThat(labels(pod.at("/metadata/labels")))
          .containsAllEntriesOf(labels(deployment.at("/spec/selector/matchLabels")));
      Set<String> volumes = names(pod.at("/spec/volumes"));
      for (JsonNode container : pod.at("/spec/containers")) {
        assertThat(names(container.path("volumeMounts"))).isEqualTo(volumes);
        assertThat(container.at("/readinessProbe/httpGet/port").asText())
            .isIn(names(container.path("ports")));
      }
      assertThat(pod.at("/spec/volumes/0/configMap/name").asText()).isIn(configMaps);
      assertThat(selecting(objects, "PodDisruptionBudget", "/spec/selector/matchLabels", pod))
          .hasSizeLessThanOrEqualTo(1);
      assertThat(selecting(objects, "NetworkPolicy", "/spec/podSelector/matchLabels", pod))
          .hasSizeLessThanOrEqualTo(1);
    }
    for (JsonNode ingress : objects.of("Ingress")) {
      JsonNode backend = ingress.at("/spec/rules/0/http/paths/0/backend/service");
      JsonNode service = objects.one("Service", backend.path("name").asText());
      assertThat(names(service.at("/spec/ports"))).contains(backend.at("/port/name").asText());
    }
  }

  @Test
  void theModelRefusesWhatKubernetesRefuses() {
    Objects objects = Chart.render();
    ObjectNode deployment = objects.one("Deployment", "jobs-mrq-api").deepCopy();
    ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers/0");

    StrictModel.check(deployment);
    container.put("livenesProbe", "typo");
    assertThatThrownBy(() -> StrictModel.check(deployment)).hasMessageContaining("livenesProbe");
    container.remove("livenesProbe");
    container.withObject("/securityContext").put("privileged", "no");
    assertThatThrownBy(() -> StrictModel.check(deployment)).hasMessageContaining("privileged");
    container.withObject("/securityContext").remove("privileged");
    deployment.withObject("/metadata/labels").put("answer", 42);
    assertThatThrownBy(() -> StrictModel.check(deployment)).hasMessageContaining("42");
    assertThatThrownBy(
            () -> StrictModel.check(((ObjectNode) objects.all().getFirst()).put("kind", "Thing")))
        .hasMessageContaining("Thing");
  }

  @Test
  void longReleaseNamesStillGiveLegalNames() {
    Objects objects =
        Chart.render(
            Map.of(
                "fullnameOverride",
                "a-release-name-of-thirty-five-chars",
                "workerGroups[0].name",
                "a-group-of-20-letter"));

    assertThat(objects.all()).allSatisfy(o -> assertThat(Objects.name(o)).matches(DNS_LABEL));
  }

  private static List<JsonNode> selecting(Objects objects, String kind, String at, JsonNode pod) {
    return objects.of(kind).stream()
        .filter(o ->
            labels(pod.at("/metadata/labels")).entrySet().containsAll(labels(o.at(at)).entrySet()))
        .toList();
  }

  private static Map<String, String> labels(JsonNode labels) {
    return labels.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asText()));
  }

  private static Set<String> names(JsonNode list) {
    return Objects.each(list).map(n -> n.path("name").asText()).collect(Collectors.toSet());
  }
}
