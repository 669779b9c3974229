package io.mrq.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every configuration of the models finds what it must find: nothing, or the invariants that break
 * once a rule is left out. A model that cannot find a fault would prove nothing, so each rule has a
 * configuration without it.
 *
 * <p>The models were first written in Python, when the protocol was designed. These count the same
 * states and steps in every configuration, so a model that finds another number has changed.
 *
 * <p>Only the largest searches are left out, unless {@code -Dmrq.model=full} asks for them.
 */
class ProtocolModelTest {
  /** What was found, with the shortest way to break each broken invariant. */
  private static final Path REPORT =
      Path.of(System.getProperty("basedir", "."), "target", "protocol-model.txt");

  static List<Configuration> chosen() {
    boolean full = "full".equals(System.getProperty("mrq.model"));
    return Configurations.all().stream()
        .filter(configuration -> full || !Configurations.isOfFullRun(configuration))
        .toList();
  }

  @BeforeAll
  static void startTheReport() throws IOException {
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, "");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("chosen")
  void itFindsWhatItMust(Configuration configuration) throws IOException {
    Findings found = Search.run(configuration.model().get(), configuration.stopsAtFirst());

    Files.writeString(
        REPORT,
        "%s%n%,d states, %,d steps%s%n%n"
            .formatted(configuration, found.states(), found.steps(), found.report()),
        StandardOpenOption.APPEND);
    assertThat(found.broken().keySet())
        .as("%s%s", configuration, found.report())
        .isEqualTo(configuration.broken());
    assertThat(found.states()).as("states").isEqualTo(configuration.states());
    assertThat(found.steps()).as("steps").isEqualTo(configuration.steps());
  }
}
