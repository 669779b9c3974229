package io.mrq.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The API behind its service, its ingress and a path prefix; logs, images and settings of all. */
class ChartApiTest {

  @Test
  void aPathPrefixMovesEverythingThatAsksTheApi() {
    Objects objects = Chart.render(Chart.valuesFile("full"));

    JsonNode container =
        objects.one("Deployment", "jobs-mrq-api").at("/spec/template/spec/containers/0");
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(container.path(probe).at("/httpGet/path").asText())
          .startsWith("/mrq/actuator/health/");
    }
    assertThat(objects.config("jobs-mrq-api").at("/server/servlet/context-path").asText())
        .isEqualTo("/mrq");
    assertThat(
            objects.one("Ingress", "jobs-mrq-api").at("/spec/rules/0/http/paths/0/path").asText())
        .isEqualTo("/mrq");
    assertThat(objects.one("ServiceMonitor", "jobs-mrq-api").at("/spec/endpoints/0/path").asText())
        .isEqualTo("/mrq/actuator/prometheus");
    assertThat(objects.one("Pod", "jobs-mrq-test").at("/spec/containers/0/command/3").asText())
        .isEqualTo("/mrq/actuator/health/readiness");
    assertThat(
            objects
                .one("Deployment", "jobs-mrq-scheduler")
                .at("/spec/template/spec/containers/0/livenessProbe/httpGet/path")
                .asText())
        .isEqualTo("/actuator/health/liveness");
  }

  @Test
  void livenessAsksTheProcessAndReadinessTheStores() {
    for (JsonNode deployment : Chart.render().of("Deployment")) {
      JsonNode container = deployment.at("/spec/template/spec/containers/0");
      assertThat(container.at("/livenessProbe/httpGet/path").asText()).endsWith("/health/liveness");
      assertThat(container.at("/readinessProbe/httpGet/path").asText())
          .endsWith("/health/readiness");
    }
  }

  @Test
  void imagesHaveTheRegistryAndTheTag() {
    Objects objects = Chart.render(Chart.valuesFile("full"));

    assertThat(image(objects, "jobs-mrq-api"))
        .isEqualTo("registry.example.com/queues/mrq-api-service:1.2.3");
    assertThat(image(objects, "jobs-mrq-worker-reports"))
        .isEqualTo("registry.example.com/queues/our-reports:7");
    assertThat(image(Chart.render(), "jobs-mrq-api")).isEqualTo("mrq-api-service:0.1.0-SNAPSHOT");
  }

  @Test
  void theUsersSettingsWinOverTheCharts() {
    Objects objects =
        Chart.render(
            Map.of("scheduler.config.spring.data.redis.host", "other", "logFormat", "ecs"));

    JsonNode config = objects.config("jobs-mrq-scheduler");
    assertThat(config.at("/spring/data/redis/host").asText()).isEqualTo("other");
    assertThat(config.at("/spring/data/redis/port").asInt()).isEqualTo(6379);
    assertThat(config.at("/logging/structured/format/console").asText()).isEqualTo("ecs");
    assertThat(objects.config("jobs-mrq-api").at("/spring/data/redis/host").asText())
        .isEqualTo("redis");
  }

  @Test
  void redisIsOneHostOrAClusterOrBehindSentinel() {
    JsonNode cluster =
        Chart.render(Chart.valuesFile("redis-cluster"))
            .config("jobs-mrq-api")
            .at("/spring/data/redis");
    JsonNode sentinel =
        Chart.render(Chart.valuesFile("redis-sentinel"))
            .config("jobs-mrq-api")
            .at("/spring/data/redis");

    assertThat(cluster.at("/cluster/nodes")).hasSize(3);
    assertThat(cluster.has("host")).isFalse();
    assertThat(sentinel.at("/sentinel/master").asText()).isEqualTo("mymaster");
    assertThat(sentinel.has("host")).isFalse();
  }

  @Test
  void newSettingsMakeNewPods() {
    String before = checksum(Chart.render());

    assertThat(checksum(Chart.render(Map.of("scheduler.config.mrq.redis.prefix", "x"))))
        .isNotEqualTo(before);
    assertThat(checksum(Chart.render(Map.of("api.replicas", 5)))).isEqualTo(before);
  }

  @Test
  void partsCanBeLeftOut() {
    Objects objects = Chart.render(Chart.valuesFile("workers-only"));

    assertThat(objects.of("Deployment"))
        .extracting(Objects::name)
        .containsExactly("jobs-mrq-worker-gpu");
    assertThat(objects.of("Service")).isEmpty();
    assertThat(objects.of("ServiceMonitor")).isEmpty();
  }

  private static String image(Objects objects, String name) {
    return objects.one("Deployment", name).at("/spec/template/spec/containers/0/image").asText();
  }

  private static String checksum(Objects objects) {
    return objects
        .one("Deployment", "jobs-mrq-scheduler")
        .at("/spec/template/metadata/annotations/checksum~1config")
        .asText();
  }
}
