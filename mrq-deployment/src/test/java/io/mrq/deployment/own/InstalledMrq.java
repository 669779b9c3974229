package io.mrq.deployment.own;

import io.mrq.deployment.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Maven repository with MRQ as this build has packed it, so that builds of users can be run
 * without an installation. Everything else comes from the repository of this build, and nothing
 * from the network.
 */
final class InstalledMrq {
  private static final String VERSION = System.getProperty("mrq.version", "");
  private static final List<String> MODULES =
      List.of(
          "mrq-core",
          "mrq-engine",
          "mrq-mongo",
          "mrq-redis",
          "mrq-embedded",
          "mrq-test",
          "mrq-spring-boot-starter",
          "mrq-spring-boot-test");

  private final Path folder;
  private final Path settings;

  private InstalledMrq(Path folder, Path settings) {
    this.folder = folder;
    this.settings = settings;
  }

  /** Makes a repository in this folder. */
  static InstalledMrq in(Path folder) throws IOException {
    Path repository = folder.resolve("repository");
    install(repository, "mrq", Repository.path("pom.xml"), "pom");
    for (String module : MODULES) {
      Path root = Repository.path(module);
      install(repository, module, root.resolve("pom.xml"), "pom");
      install(repository, module, root.resolve("target/" + module + "-" + VERSION + ".jar"), "jar");
    }
    Path settings = folder.resolve("settings.xml");
    Files.writeString(
        settings,
        """
        <settings>
          <localRepository>%s</localRepository>
          <mirrors>
            <mirror><id>build</id><mirrorOf>*</mirrorOf><url>%s</url></mirror>
          </mirrors>
        </settings>
        """
            .formatted(repository, Path.of(System.getProperty("mrq.local.repository")).toUri()));
    return new InstalledMrq(folder, settings);
  }

  private static void install(Path repository, String artifact, Path file, String type)
      throws IOException {
    Path target =
        repository.resolve("io/mrq/%1$s/%2$s/%1$s-%2$s.%3$s".formatted(artifact, VERSION, type));
    Files.createDirectories(target.getParent());
    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Runs Maven in a folder, on the Java of this test.
   *
   * @return what it printed, and how it ended
   */
  Outcome maven(Path project, String... arguments) throws IOException, InterruptedException {
    Path printed = folder.resolve("maven.log");
    Path mvn = Path.of(System.getProperty("mrq.maven.home"), "bin", "mvn");
    List<String> command =
        Stream.concat(
                Stream.of(
                    mvn.toString(),
                    "-o",
                    "-B",
                    "-ntp",
                    "-s",
                    settings.toString(),
                    "-Daether.offline.protocols=file"),
                Stream.of(arguments))
            .toList();
    ProcessBuilder maven =
        new ProcessBuilder(command)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int code = maven.start().waitFor();
    return new Outcome(code, Files.readString(printed));
  }

  /**
   * How a build ended.
   *
   * @param code 0: it succeeded
   */
  record Outcome(int code, String printed) {}
}
