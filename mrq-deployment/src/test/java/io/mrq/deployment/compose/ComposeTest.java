package io.mrq.deployment.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.mrq.deployment.Repository;
import io.mrq.deployment.image.Dockerfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The compose file: legal, safe when started as it is, in the right order, with enough time to
 * stop.
 */
class ComposeTest {
  private static final List<String> OURS = List.of("api", "worker", "scheduler");

  @Test
  void isWhatTheComposeSpecificationAllows() throws IOException {
    try (InputStream in = ComposeTest.class.getResourceAsStream("/compose-spec.json")) {
      JsonNode schema = new JsonMapper().readTree(Objects.requireNonNull(in));
      var registry = SchemaRegistry.withDefaultDialect(Dialects.getDraft201909());

      assertThat(registry.getSchema(schema).validate(ComposeFile.content())).isEmpty();
      assertThat(
              registry
                  .getSchema(schema)
                  .validate(new JsonMapper().readTree("{\"services\":{\"a\":{\"prts\":[]}}}")))
          .isNotEmpty();
    }
  }

  @Test
  void everyPublishedPortIsOnLoopback() {
    ComposeFile.services()
        .values()
        .forEach(service ->
            service
                .path("ports")
                .forEach(port -> assertThat(port.asString()).startsWith("127.0.0.1:")));
    for (String store : List.of("mongo", "redis")) {
      assertThat(ComposeFile.service(store).has("ports")).as(store).isFalse();
    }
  }

  @Test
  void passwordsHaveNoDefaultAndAreAskedFor() {
    List<MatchResult> variables = variables();

    assertThat(variables.stream().filter(v -> v.group(1).endsWith("PASSWORD")))
        .hasSizeGreaterThan(4)
        .allSatisfy(v -> assertThat(v.group(2)).as(v.group()).isEqualTo(":?"));
    assertThat(variables.stream().filter(v -> !v.group(1).endsWith("PASSWORD")))
        .allSatisfy(v -> assertThat(v.group(2)).as(v.group()).isEqualTo(":-"));
    // What is not a variable is no password either.
    ComposeFile.services()
        .values()
        .forEach(service ->
            service.path("environment").properties().stream()
                .filter(e -> e.getKey().contains("PASSWORD") || e.getKey().equals("REDISCLI_AUTH"))
                .forEach(e -> assertThat(e.getValue().asString()).startsWith("${")));
  }

  @Test
  void theExampleOfTheSettingsListsEveryVariable() {
    Set<String> used = new TreeSet<>(variables().stream().map(v -> v.group(1)).toList());
    Set<String> listed = new TreeSet<>();
    for (String line : Repository.text(".env.example").lines().toList()) {
      if (line.matches("#?[A-Z_]+=.*")) {
        listed.add(line.replaceAll("^#?([A-Z_]+)=.*", "$1"));
        assertThat(line).doesNotMatch("[A-Z_]*PASSWORD=.+");
      }
    }

    assertThat(listed).isEqualTo(used);
  }

  @Test
  void whatAServiceNeedsIsHealthyBeforeItStarts() {
    for (String ours : OURS) {
      JsonNode needs = ComposeFile.service(ours).path("depends_on");
      assertThat(needs.propertyNames()).containsExactlyInAnyOrder("mongo", "redis");
    }
    ComposeFile.services()
        .values()
        .forEach(service ->
            service
                .path("depends_on")
                .properties()
                .forEach(need -> {
                  assertThat(need.getValue().path("condition").asString())
                      .isEqualTo("service_healthy");
                  assertThat(ComposeFile.service(need.getKey()).at("/healthcheck/test"))
                      .isNotEmpty();
                }));
  }

  @Test
  void workersScale() {
    assertThat(ComposeFile.service("worker").propertyNames())
        .doesNotContain("container_name", "ports", "hostname");
  }

  @Test
  void theDrainFitsTheTimeToStop() {
    Duration drain =
        seconds(ComposeFile.service("worker").at("/environment/MRQ_WORKER_DRAIN").asString());

    // 35 s is the worker's own limit of the phase; see its application.yaml.
    assertThat(drain).isLessThanOrEqualTo(Duration.ofSeconds(20));
    assertThat(seconds(ComposeFile.service("worker").path("stop_grace_period").asString()))
        .isGreaterThan(Duration.ofSeconds(35));
    for (String ours : OURS) {
      assertThat(ComposeFile.service(ours).has("stop_grace_period")).as(ours).isTrue();
    }
  }

  @Test
  void ourServicesCannotWriteAndHaveNoPowers() {
    for (String name : OURS) {
      JsonNode service = ComposeFile.service(name);
      assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
      assertThat(service.at("/cap_drop/0").asString()).isEqualTo("ALL");
      assertThat(service.at("/security_opt/0").asString()).isEqualTo("no-new-privileges:true");
      assertThat(service.at("/tmpfs/0").asString()).isEqualTo("/tmp");
    }
  }

  @Test
  void everyContainerHasALimitOfMemoryAndAVersion() {
    ComposeFile.services()
        .forEach((name, service) -> {
          assertThat(service.at("/deploy/resources/limits/memory").asString())
              .as(name)
              .isNotEmpty();
          assertThat(service.path("image").asString())
              .as(name)
              .contains(":")
              .doesNotEndWith(":latest");
          assertThat(service.path("restart").asString()).as(name).isEqualTo("unless-stopped");
        });
  }

  @Test
  void storesKeepWhatTheyPromise() {
    assertThat(ComposeFile.service("redis").path("command").toString())
        .contains("--appendonly yes", "--maxmemory-policy noeviction", "--requirepass");
    assertThat(ComposeFile.service("mongo").path("entrypoint").toString())
        .contains("--replSet rs0");
    assertThat(ComposeFile.service("api").at("/environment/SPRING_MONGODB_URI").asString())
        .contains("replicaSet=rs0");
  }

  @Test
  void shellCommandsAreLegal() throws Exception {
    for (String command :
        List.of(
            ComposeFile.service("mongo").at("/entrypoint/2").asString(),
            ComposeFile.service("mongo").at("/healthcheck/test/1").asString(),
            ComposeFile.service("redis").at("/command/2").asString(),
            ComposeFile.service("redis").at("/healthcheck/test/1").asString())) {
      Process check =
          new ProcessBuilder("bash", "-n", "-c", command.replace("$$", "$"))
              .redirectErrorStream(true)
              .start();
      String output = new String(check.getInputStream().readAllBytes());
      assertThat(check.waitFor()).as(command + output).isZero();
    }
  }

  @Test
  void whatIsMountedAndBuiltIsThere() {
    ComposeFile.services()
        .values()
        .forEach(service ->
            service
                .path("volumes")
                .forEach(volume -> {
                  String source = volume.asString().split(":", 2)[0];
                  if (!source.startsWith("./")) {
                    assertThat(ComposeFile.content().path("volumes").propertyNames())
                        .contains(source);
                  } else if (!source.equals("./tasks")) {
                    assertThat(Files.exists(Repository.path(source))).as(source).isTrue();
                    assertThat(volume.asString()).endsWith(":ro");
                  }
                }));
    for (String name : OURS) {
      String service = ComposeFile.service(name).at("/build/args/SERVICE").asString();
      assertThat(Repository.path(service + "/pom.xml")).exists();
      assertThat(ComposeFile.service(name).path("image").asString()).startsWith(service + ":");
    }
  }

  @Test
  void portsInsideAreThoseOfTheImages() {
    String port = Dockerfile.read(Map.of()).environment().get("SERVER_PORT");

    assertThat(ComposeFile.service("api").at("/ports/0").asString()).endsWith(":" + port);
    assertThat(Repository.text("deploy/prometheus.yml")).contains("port: " + port + "\n");
  }

  private static List<MatchResult> variables() {
    return ComposeFile.VARIABLE.matcher(Repository.text("docker-compose.yml")).results().toList();
  }

  private static Duration seconds(String text) {
    return Duration.ofSeconds(Long.parseLong(text.replaceAll("s$", "")));
  }
}
