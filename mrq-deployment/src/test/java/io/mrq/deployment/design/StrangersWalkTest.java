package io.mrq.deployment.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.deployment.Pages;
import io.mrq.deployment.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walk through the folders in the architecture page leads to the classes that it names. */
class StrangersWalkTest {
  private static final String ROW =
      "(?m)^\\| [^|]+ \\| (`mrq-[a-z-]+` \\| `[a-z.]+` \\| `[A-Z]\\w+`) \\|$";

  /** One row of the walk: where it starts, the folder it comes to, and what it finds there. */
  record Step(String module, String folder, String type) {
    static Step of(String cells) {
      String[] parts = cells.replace("`", "").split(" \\| ");
      return new Step(parts[0], parts[1].replace('.', '/'), parts[2]);
    }
  }

  static List<Step> walk() {
    return Pages.matches(Repository.path("docs/design/architecture.md"), ROW).stream()
        .map(Step::of)
        .toList();
  }

  @Test
  void theWalkHasAtLeastTenQuestions() {
    assertThat(walk()).hasSizeGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest
  @MethodSource("walk")
  void theFoldersLeadToTheClass(Step step) throws IOException {
    try (Stream<Path> files = Files.walk(Repository.path(step.module() + "/src/main/java"))) {
      assertThat(files.filter(file -> file.endsWith(step.type() + ".java")))
          .singleElement()
          .matches(file -> file.endsWith(step.folder() + "/" + step.type() + ".java"));
    }
  }
}
