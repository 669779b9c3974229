package io.mrq.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mrq.deployment.Repository;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the chart gives to Prometheus and Grafana is what lies in its files. */
class ChartMonitoringTest {
  private static final String ALERTS = "helm/mrq/files/alerts.yaml";

  @Test
  void theRulesAreThoseOfTheFile() {
    JsonNode rule =
        Chart.render(Map.of("prometheusRule.enabled", true)).one("PrometheusRule", "jobs-mrq");

    assertThat(rule.at("/spec/groups"))
        .isEqualTo(Objects.yaml(Repository.text(ALERTS)).path("groups"));
  }

  @Test
  void rulesCanBeLeftOutLabelledAndLedToOtherDocs() {
    JsonNode rule = Chart.render(Chart.valuesFile("full")).one("PrometheusRule", "jobs-mrq");

    List<JsonNode> rules =
        Objects.each(rule.at("/spec/groups")).flatMap(g -> Objects.each(g.path("rules"))).toList();
    assertThat(rules)
        .hasSizeGreaterThan(10)
        .allSatisfy(r -> {
          assertThat(r.path("alert").asText()).isNotEqualTo("MrqQueuePaused");
          assertThat(r.at("/labels/team").asText()).isEqualTo("data");
          assertThat(r.at("/labels/severity").asText()).isNotEmpty();
          assertThat(r.at("/annotations/runbook_url").asText())
              .startsWith("https://wiki.example.com/mrq/operating.md#");
        });
    assertThat(rule.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
  }

  @Test
  void theDashboardIsTheOneOfTheFile() {
    JsonNode map =
        Chart.render(Map.of("grafanaDashboard.enabled", true))
            .one("ConfigMap", "jobs-mrq-dashboard");

    assertThat(Objects.yaml(map.at("/data/mrq.json").asText()))
        .isEqualTo(Objects.yaml(Repository.text("helm/mrq/files/grafana/mrq.json")));
    assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
  }

  @Test
  void everyPartIsScrapedWhereItListens() {
    Objects objects = Chart.render(Chart.valuesFile("full"));

    JsonNode pods = objects.one("PodMonitor", "jobs-mrq").path("spec");
    assertThat(pods.at("/selector/matchExpressions/0/values"))
        .extracting(JsonNode::asText)
        .containsExactly("worker", "scheduler");
    assertThat(pods.at("/podMetricsEndpoints/0/port").asText()).isEqualTo("http");
    JsonNode api = objects.one("ServiceMonitor", "jobs-mrq-api").at("/spec/endpoints/0");
    assertThat(api.at("/basicAuth/username/key").asText()).isEqualTo("username");
    assertThat(api.path("interval").asText()).isEqualTo("15s");
  }

  @Test
  void tracesGoWhereTheyAreSentTo() {
    Objects objects = Chart.render(Chart.valuesFile("full"));

    JsonNode config = objects.config("jobs-mrq-worker-mails").path("management");
    assertThat(config.at("/opentelemetry/tracing/export/otlp/endpoint").asText())
        .isEqualTo("http://collector.tracing:4318/v1/traces");
    assertThat(config.at("/tracing/sampling/probability").asDouble()).isEqualTo(0.5);
    assertThat(objects.one("NetworkPolicy", "jobs-mrq-scheduler").findValuesAsText("port"))
        .contains("4318");
    assertThat(Chart.render().config("jobs-mrq-scheduler").has("management")).isFalse();
  }

  @Test
  void theReadmesAdapterServesTheMetricsThatTheHpaAsksFor() {
    String readme = Repository.text("helm/mrq/README.md");
    JsonNode scaler =
        Chart.render(
                Map.of(
                    "workerGroups[0].name", "default", "workerGroups[0].autoscaling.kind", "hpa"))
            .one("HorizontalPodAutoscaler", "jobs-mrq-worker-default");

    assertThat(
            Objects.each(scaler.at("/spec/metrics"))
                .map(m -> m.at("/external/metric/name").asText()))
        .hasSize(2)
        .allSatisfy(name -> assertThat(readme).contains("name: {as: " + name + "}"));
  }
}
