package io.mrq.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kubernetes' "restricted" pod security standard, and no secret in the open. */
class ChartSecurityTest {

  static List<Path> valuesFiles() {
    return Chart.valuesFiles();
  }

  @ParameterizedTest
  @MethodSource("valuesFiles")
  void everyPodIsRestricted(Path values) {
    assertThat(Chart.render(values).podSpecs())
        .isNotEmpty()
        .allSatisfy(pod -> {
          assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
          assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
          assertThat(pod.at("/securityContext/seccompProfile/type").asText())
              .isEqualTo("RuntimeDefault");
          assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
          for (String forbidden : List.of("hostNetwork", "hostPID", "hostIPC", "initContainers")) {
            assertThat(pod.has(forbidden)).as(forbidden).isFalse();
          }
          assertThat(pod.path("containers")).isNotEmpty().allSatisfy(ChartSecurityTest::restricted);
        });
  }

  private static void restricted(JsonNode container) {
    JsonNode security = container.path("securityContext");
    assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
    assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
    assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
    assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("valuesFiles")
  void secretsComeFromSecretsOnly(Path values) {
    Objects objects = Chart.render(values);

    assertThat(objects.of("Secret")).isEmpty();
    for (JsonNode deployment : objects.of("Deployment")) {
      JsonNode container = deployment.at("/spec/template/spec/containers/0");
      assertThat(
              Objects.each(container.path("env"))
                  .filter(e -> e.path("name").asText().startsWith("SPRING_")))
          .isNotEmpty()
          .allSatisfy(e -> assertThat(e.at("/valueFrom/secretKeyRef/name").asText()).isNotEmpty());
      assertThat(objects.config(Objects.name(deployment)).findValues("password")).isEmpty();
    }
  }

  @Test
  void onlyTheApiLearnsWhoMayCallIt() {
    Objects objects = Chart.render();

    assertThat(
            objects
                .one("Deployment", "jobs-mrq-api")
                .at("/spec/template/spec/containers/0/envFrom/0/secretRef/name")
                .asText())
        .isEqualTo("mrq-api-users");
    assertThat(objects.one("Deployment", "jobs-mrq-scheduler").findValues("envFrom")).isEmpty();
    assertThat(objects.one("Deployment", "jobs-mrq-worker-default").findValues("envFrom"))
        .isEmpty();
  }

  @Test
  void policiesLetInWhomTheyName() {
    Objects objects = Chart.render(Chart.valuesFile("full"));

    assertThat(objects.of("NetworkPolicy")).hasSize(5);
    JsonNode api = objects.one("NetworkPolicy", "jobs-mrq-api").path("spec");
    assertThat(api.at("/ingress/0/ports/0/port").asText()).isEqualTo("http");
    assertThat(api.at("/ingress/0/from")).hasSize(3);
    assertThat(ports(api)).contains(53, 27017, 6380);
    JsonNode worker = objects.one("NetworkPolicy", "jobs-mrq-worker-mails").path("spec");
    assertThat(ports(worker)).contains(53, 27017, 6380, 443);
  }

  @Test
  void workersMayCallAnythingByDefault() {
    Objects objects = Chart.render();

    assertThat(objects.one("NetworkPolicy", "jobs-mrq-worker-default").at("/spec/egress/0"))
        .isEmpty();
    assertThat(objects.one("NetworkPolicy", "jobs-mrq-scheduler").at("/spec/egress/0"))
        .isNotEmpty();
  }

  @Test
  void withoutCredentialsSecretTheApiGetsNone() {
    assertThat(
            Chart.render(Map.of("api.usersSecret", ""))
                .one("Deployment", "jobs-mrq-api")
                .findValues("envFrom"))
        .isEmpty();
  }

  private static List<Integer> ports(JsonNode policy) {
    return Objects.each(policy.path("egress"))
        .flatMap(rule -> Objects.each(rule.path("ports")))
        .map(p -> p.path("port").asInt())
        .toList();
  }
}
