package io.mrq.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups of workers: their queues, their scaling, and a stop that loses no time of a job. */
class ChartWorkersTest {
  private static final Duration INTERRUPT = Duration.ofSeconds(5);

  static List<Path> valuesFiles() {
    return Chart.valuesFiles();
  }

  @Test
  void aGroupIsADeploymentWithItsQueuesAndSlots() {
    Objects objects = Chart.render(Chart.valuesFile("full"));

    JsonNode worker = objects.config("jobs-mrq-worker-mails").at("/mrq/worker");
    assertThat(worker.path("queues"))
        .extracting(JsonNode::asText)
        .containsExactly("mails", "mails/bulk");
    assertThat(worker.path("slots").asInt()).isEqualTo(200);
    JsonNode deployment = objects.one("Deployment", "jobs-mrq-worker-mails");
    assertThat(deployment.at("/spec/replicas").asInt()).isEqualTo(4);
    assertThat(deployment.at("/spec/template/metadata/labels/mrq.io~1worker-group").asText())
        .isEqualTo("mails");
  }

  @Test
  void aGroupTakesTheDefaultsForWhatItDoesNotSay() {
    Objects objects =
        Chart.render(Map.of("workerDefaults.slots", 7, "workerGroups[0].name", "small"));

    assertThat(objects.config("jobs-mrq-worker-small").at("/mrq/worker/slots").asInt())
        .isEqualTo(7);
    assertThat(objects.config("jobs-mrq-worker-small").at("/mrq/worker/drain").asText())
        .isEqualTo("20s");
  }

  @ParameterizedTest
  @MethodSource("valuesFiles")
  void theDrainFitsTheShutdownPhaseAndThatFitsTheGracePeriod(Path values) {
    Objects objects = Chart.render(values);
    for (JsonNode deployment : objects.of("Deployment")) {
      String name = Objects.name(deployment);
      JsonNode pod = deployment.at("/spec/template/spec");
      JsonNode config = objects.config(name);
      Duration preStop =
          seconds(pod.at("/containers/0/lifecycle/preStop/exec/command/1").asText("0"));
      Duration grace = seconds(pod.path("terminationGracePeriodSeconds").asText());
      Duration drain = duration(config.at("/mrq/worker/drain").asText("0s"));
      Duration phase =
          duration(config.at("/spring/lifecycle/timeout-per-shutdown-phase").asText("20s"));

      assertThat(phase)
          .as(name)
          .isGreaterThan(drain.plus(name.contains("worker") ? INTERRUPT : Duration.ZERO));
      assertThat(grace).as(name).isGreaterThan(preStop.plus(phase));
    }
  }

  @Test
  void tasksComeFromAVolumeWhereTheImageLooks() {
    JsonNode pod =
        Chart.render(Chart.valuesFile("full"))
            .one("Deployment", "jobs-mrq-worker-mails")
            .at("/spec/template/spec");

    assertThat(pod.at("/volumes/2/persistentVolumeClaim/claimName").asText()).isEqualTo("tasks");
    assertThat(pod.at("/containers/0/volumeMounts/2/mountPath").asText()).isEqualTo("/mrq/tasks");
  }

  @Test
  void anAutoscaledGroupLeavesItsReplicasToTheScaler() {
    Objects objects = Chart.render(Chart.valuesFile("full"));

    assertThat(objects.one("Deployment", "jobs-mrq-worker-reports").at("/spec").has("replicas"))
        .isFalse();
    assertThat(objects.one("Deployment", "jobs-mrq-worker-urgent").at("/spec").has("replicas"))
        .isFalse();
  }

  @Test
  void hpaLooksAtTheBacklogOfTheGroupsQueues() {
    JsonNode spec =
        Chart.render(Chart.valuesFile("full"))
            .one("HorizontalPodAutoscaler", "jobs-mrq-worker-reports")
            .path("spec");

    assertThat(spec.path("minReplicas").asInt()).isEqualTo(1);
    assertThat(spec.path("maxReplicas").asInt()).isEqualTo(4);
    assertThat(spec.path("metrics")).hasSize(2);
    assertThat(spec.at("/metrics/0/resource/target/averageUtilization").asInt()).isEqualTo(80);
    assertThat(spec.at("/metrics/1/external/metric/selector/matchExpressions/0/values/0").asText())
        .isEqualTo("reports");
    assertThat(spec.at("/metrics/1/external/target/averageValue").asText()).isEqualTo("8");
    assertThat(spec.at("/behavior/scaleDown/stabilizationWindowSeconds").asInt()).isEqualTo(300);
  }

  @Test
  void kedaLooksAtBacklogAndOldestAge() {
    JsonNode spec =
        Chart.render(Chart.valuesFile("full"))
            .one("ScaledObject", "jobs-mrq-worker-urgent")
            .path("spec");

    assertThat(spec.path("minReplicaCount").asInt()).isZero();
    assertThat(spec.at("/triggers/0/metadata/query").asText())
        .isEqualTo(
            "sum(max by (queue) (mrq_queue_jobs{namespace=\"queues\",queue=~\"urgent\\\\.a|urgent:b\",state=\"ready\"}))");
    assertThat(spec.at("/triggers/0/metadata/threshold").asText()).isEqualTo("100");
    assertThat(spec.at("/triggers/1/metadata/query").asText())
        .isEqualTo(
            "max(mrq_queue_oldest_age_seconds{namespace=\"queues\",queue=~\"urgent\\\\.a|urgent:b\"})");
    assertThat(spec.at("/triggers/1/metricType").asText()).isEqualTo("Value");
    assertThat(spec.at("/triggers/1/authenticationRef/name").asText()).isEqualTo("prometheus");
  }

  private static Duration seconds(String number) {
    return Duration.ofSeconds(Long.parseLong(number));
  }

  private static Duration duration(String text) {
    assertThat(text).endsWith("s");
    return seconds(text.substring(0, text.length() - 1));
  }
}
