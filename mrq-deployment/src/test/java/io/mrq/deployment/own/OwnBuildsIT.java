package io.mrq.deployment.own;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.deployment.Pages;
import io.mrq.deployment.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** What a user builds with MRQ builds with this one: the examples, and the page for newcomers. */
class OwnBuildsIT {
  private static final Path PAGE = Repository.path("docs/from-nothing-to-production.md");
  private static final Pattern FILE =
      Pattern.compile(
          "(?ms)^[^\n]*?`((?:src/|pom|Dockerfile)[\\w/.-]*)`[^\n]*:\n\n```\\w+\n(.*?)^```");

  @TempDir static Path folder;
  private static InstalledMrq mrq;

  @BeforeAll
  static void install() throws IOException {
    mrq = InstalledMrq.in(folder);
  }

  @Test
  void theShopIsBuiltAndItsTestsPass() throws Exception {
    Path shop = folder.resolve("shop");
    FileSystemUtils.copyRecursively(Repository.path("examples/shop"), shop);
    FileSystemUtils.deleteRecursively(shop.resolve("web/target"));
    FileSystemUtils.deleteRecursively(shop.resolve("worker/target"));
    assertThat(Pages.blocks(shop.resolve("README.md"), "sh")).contains("mvn -q package\n");

    InstalledMrq.Outcome build = mrq.maven(shop, "package");

    assertThat(build.code()).as(build.printed()).isZero();
    assertThat(build.printed())
        .contains("Running com.example.shop.web.OrderControllerTest")
        .contains("Running com.example.shop.worker.OrdersTest");
  }

  @Test
  void theProjectOfThePageIsBuiltAndTested() throws Exception {
    Path project = Files.createDirectory(folder.resolve("greetings"));
    for (Map.Entry<String, String> file : files().entrySet()) {
      Path path = project.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }

    InstalledMrq.Outcome build = mrq.maven(project, "package");

    assertThat(build.code()).as(build.printed()).isZero();
    assertThat(build.printed()).contains("Tests run: 2, Failures: 0, Errors: 0");
    assertThat(project.resolve("target/greetings-1.0.jar")).exists();
    try (JarFile packed = new JarFile(project.resolve("target/greetings-1.0-exec.jar").toFile())) {
      assertThat(packed.stream().map(entry -> entry.getName()))
          .anyMatch(name -> name.contains("mrq-spring-boot-starter"))
          .noneMatch(name -> name.contains("mrq-embedded") || name.contains("mrq-test"));
    }
  }

  /** The files that the page shows, by their paths. */
  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    FILE.matcher(Files.readString(PAGE))
        .results()
        .forEach((MatchResult file) -> files.put(file.group(1), file.group(2)));
    assertThat(files).hasSize(9);
    return files;
  }
}
