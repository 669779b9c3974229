package io.mrq.deployment.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.deployment.Repository;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the image promises to whoever runs it, read off the Dockerfile. */
class DockerfileTest {
  private static final List<String> SERVICES =
      List.of("mrq-api-service", "mrq-worker-service", "mrq-scheduler-service");

  private final Dockerfile file = Dockerfile.read(Map.of());

  @Test
  void runsAsNobodyByNumber() {
    assertThat(file.image().one("USER")).matches("[1-9][0-9]*:[1-9][0-9]*");
  }

  @Test
  void theSignalToStopReachesJava() {
    assertThat(file.image().one("ENTRYPOINT")).startsWith("[\"java\", ").endsWith("]");
    assertThat(file.image().one("STOPSIGNAL")).isEqualTo("SIGTERM");
    assertThat(file.image().all("CMD")).isEmpty();
  }

  @Test
  void theCacheIsMadeOfTheJavaAndTheJarsThatUseIt() {
    List<Dockerfile.Instruction> steps = file.image().instructions();
    int training = indexOf(steps, "RUN", "-XX:AOTCacheOutput=/mrq/mrq.aot");

    assertThat(file.image().from()).isEqualTo("eclipse-temurin:25-jre");
    assertThat(training).isPositive();
    assertThat(steps.subList(training, steps.size())).noneMatch(s -> s.keyword().equals("COPY"));
    assertThat(file.image().one("ENTRYPOINT")).contains("-XX:AOTCache=/mrq/mrq.aot");
  }

  @Test
  void memoryFollowsTheContainerAndNothingIsLeftWhenItIsGone() {
    assertThat(file.environment().get("JDK_JAVA_OPTIONS"))
        .contains("-XX:MaxRAMPercentage=", "-XX:+ExitOnOutOfMemoryError");
  }

  @Test
  void carriesTheLabelsThatToolsLookFor() {
    assertThat(String.join(" ", file.image().all("LABEL")))
        .contains(
            "image.title=mrq-api-service",
            "image.version=",
            "image.revision=",
            "image.licenses=Apache-2.0");
  }

  @Test
  void dockerCanAskWhetherItIsReady() {
    assertThat(file.image().one("HEALTHCHECK")).endsWith("CMD [\"/mrq/healthy\"]");
    assertThat(file.image().all("COPY")).contains("--chmod=755 deploy/healthy /mrq/healthy");
  }

  @Test
  void allThreeServicesAreBuilt() {
    assertThat(file.stage("build").all("RUN"))
        .singleElement()
        .asString()
        .contains(String.join(",", SERVICES));
    assertThat(SERVICES).allSatisfy(s -> assertThat(Repository.path(s + "/pom.xml")).exists());
  }

  @Test
  void noSecretAndNoMovingVersionIsBuiltIn() {
    assertThat(Repository.text("Dockerfile"))
        .doesNotContainIgnoringCase("password")
        .doesNotContain(":latest");
  }

  @Test
  void theBuildSeesWhatItNeedsAndNothingElse() throws Exception {
    List<String> rules = Files.readAllLines(Repository.path(".dockerignore"));

    assertThat(rules)
        .contains("*", "!pom.xml", "!mrq-*", "!deploy/healthy", "mrq-*/target", "mrq-*/src/test");
    assertThat(rules.indexOf("mrq-*/target")).isGreaterThan(rules.indexOf("!mrq-*"));
  }

  private static int indexOf(List<Dockerfile.Instruction> steps, String keyword, String part) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).keyword().equals(keyword) && steps.get(i).rest().contains(part)) {
        return i;
      }
    }
    return -1;
  }
}
