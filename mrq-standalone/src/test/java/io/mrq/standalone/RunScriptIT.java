package io.mrq.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script of the README's first command, in a folder of its own. A program in Maven's place
 * hands it the jar that this build has made.
 */
class RunScriptIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String JAR =
      Objects.requireNonNull(System.getProperty("jar.mrq-standalone"), "run this with mvn verify");

  @TempDir Path folder;

  @Test
  void theSecondStartUsesTheCacheThatTheFirstOneMade() throws Exception {
    Path script = checkout();
    try (Running first = start(script, Map.of())) {
      assertThat(first.awaitUp()).contains("Building MRQ", "Preparing fast starts");
    }
    assertThat(app().resolve("mrq.aot")).isNotEmptyFile();
    assertThat(app().resolve("training")).doesNotExist();
    // In this mode Java refuses to start when it cannot use the cache.
    try (Running second = start(script, Map.of("MRQ_JAVA_OPTIONS", "-XX:AOTMode=on"))) {
      assertThat(second.awaitUp()).doesNotContain("Building MRQ");
    }
    Files.delete(app().resolve("mrq.aot"));
    try (Running withoutCache = start(script, Map.of())) {
      assertThat(withoutCache.awaitUp()).doesNotContain("Building MRQ", "[error]", "[warning]");
    }
  }

  private Path app() {
    return folder.resolve("mrq-standalone/target/app");
  }

  /** What the script looks for, and no more. */
  private Path checkout() throws IOException {
    Files.createDirectories(folder.resolve("mrq-standalone/src/main"));
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Files.writeString(folder.resolve("mrq-standalone/pom.xml"), "<project/>");
    Path maven = folder.resolve("bin/mvn");
    Files.createDirectories(maven.getParent());
    Files.writeString(
        maven,
        """
        #!/bin/sh
        mkdir -p '%1$s' && cp '%2$s' '%1$s/mrq-standalone-0.jar'
        """
            .formatted(app().getParent(), JAR));
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    return Files.copy(
        Path.of("..", "run"), folder.resolve("run"), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private Running start(Path script, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                script.toString(),
                "--server.port=" + FreePorts.next(),
                "--mrq.embedded.data-dir=" + folder.resolve("data")));
    builder.environment().put("JAVA25_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .merge("PATH", folder.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    builder.environment().putAll(environment);
    Path log = Files.createTempFile(folder, "run", ".log");
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(folder.toFile())
            .start();
    return new Running(process, log);
  }

  private record Running(Process process, Path log) implements AutoCloseable {
    String awaitUp() throws IOException {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !process.isAlive() || Files.readString(log).contains("MRQ is up"));
      assertThat(process.isAlive()).as("%s", Files.readString(log)).isTrue();
      return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
      process.destroy();
      process.waitFor();
    }
  }
}
