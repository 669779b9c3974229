package io.mrq.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.model.dispatch.DispatchConfigurations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every configuration of the models finds what it must find: nothing, or the invariants that break
 * once a rule is left out. A model that cannot find a fault would prove nothing, so each rule has a
 * configuration without it.
 *
 * <p>The numbers of states and steps are those of the models that the protocol was designed with;
 * another number means that a model has changed.
 */
class ProtocolModelTest {
  /** Larger searches are left out, unless {@code -Dmrq.model=full} asks for all. */
  private static final int MOST_STATES = 1_600_000;

  /** What was found, with the shortest way to break each broken invariant. */
  private static final Path REPORT =
      Path.of(System.getProperty("basedir", "."), "target", "protocol-model.txt");

  static List<Configuration> all() {
    return Stream.of(DispatchConfigurations.all()).flatMap(List::stream).toList();
  }

  static List<Configuration> chosen() {
    boolean full = "full".equals(System.getProperty("mrq.model"));
    return all().stream().filter(c -> full || c.states() <= MOST_STATES).toList();
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
