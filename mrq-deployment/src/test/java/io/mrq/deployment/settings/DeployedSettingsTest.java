package io.mrq.deployment.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.deployment.chart.ChartSettings;
import io.mrq.deployment.compose.ComposeFile;
import io.mrq.deployment.image.Dockerfile;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the deployment sets exists in the services: a typo would be silently ignored there. */
class DeployedSettingsTest {
  /** Read by the Java launcher. */
  private static final Set<String> NOT_SPRINGS = Set.of("JDK_JAVA_OPTIONS");

  private final KnownProperties known = KnownProperties.ofTheClassPath();

  @Test
  void propertiesOfTheChartExist() {
    assertThat(ChartSettings.properties())
        .contains("mrq.worker.queues[0]", "server.servlet.context-path")
        .allSatisfy(name -> assertThat(known.find(name)).as(name).isPresent());
  }

  @Test
  void variablesOfTheChartExist() {
    assertThat(ChartSettings.variables())
        .contains("SPRING_MONGODB_URI", "SPRING_DATA_REDIS_PASSWORD")
        .allSatisfy(this::isKnown);
  }

  // CFG-03
  @Test
  void variablesOfTheComposeFileExist() {
    assertThat(ComposeFile.variables())
        .contains("SPRING_MONGODB_URI", "MRQ_WORKER_QUEUES")
        .allSatisfy(this::isKnown);
  }

  // CFG-03
  @Test
  void variablesOfTheImageExist() {
    assertThat(Dockerfile.read(Map.of()).environment().keySet())
        .contains("SERVER_ADDRESS")
        .allSatisfy(this::isKnown);
  }

  private void isKnown(String variable) {
    assertThat(NOT_SPRINGS.contains(variable) || known.findVariable(variable).isPresent())
        .as(variable)
        .isTrue();
  }
}
