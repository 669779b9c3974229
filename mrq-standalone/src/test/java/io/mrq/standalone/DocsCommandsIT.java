package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guides tell people to type works as it stands: each {@code curl} is run by a shell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocsCommandsIT {
  private static final Path ROOT = Path.of("..");
  private static final List<String> GUIDES =
      List.of("README.md", "docs/getting-started.md", "docs/http-api.md", "docs/operating.md");
  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CURL =
      Pattern.compile("^curl .*?(?=^curl |\\z)", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir static Path folder;
  private ServiceProcess service;

  @BeforeAll
  void start() {
    service =
        ServiceProcess.startUnpacked(
                "mrq-standalone",
                folder,
                List.of("--mrq.embedded.data-dir=" + folder.resolve("data")))
            .awaitReady();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  static Stream<String> commands() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String guide : GUIDES) {
      texts.add(Files.readString(ROOT.resolve(guide)));
    }
    return texts.stream()
        .flatMap(text -> SHELL.matcher(text).results().map(block -> block.group(1)))
        .flatMap(block -> CURL.matcher(block).results().map(command -> command.group().strip()));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandIsAccepted(String command) throws IOException, InterruptedException {
    assertThat(command).contains("localhost:8080");
    Process shell =
        new ProcessBuilder(
                "bash",
                "-c",
                command
                        .replaceFirst("^curl -sf ", "curl -s ")
                        .replace("localhost:8080", "127.0.0.1:" + service.port())
                    + " --fail-with-body --max-time 30")
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(shell.exitValue()).as(command + "\n" + said).isZero();
  }
}
