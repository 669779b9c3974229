package io.mrq.deployment.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.deployment.Pages;
import io.mrq.deployment.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages for developers name classes, their members and scripts that there are. */
class DesignPagesTest {

  /** Words that look like a class but are none of ours, such as exception types in documents. */
  private static final Set<String> FOREIGN = Set.of("Thread", "UnknownTask");

  /** A word in backticks, perhaps with a member after a dot. */
  private static final Pattern NAME =
      Pattern.compile("`([A-Z][a-z]\\w*)(?:[.#](\\w+))?(?:\\(\\))?`");

  /** The row of a table that tells the value of a constant. */
  private static final Pattern CONSTANT =
      Pattern.compile("(?m)^\\| `(\\w+)\\.([A-Z_]+)` \\| `([^`]+)` \\|");

  private static final Map<String, Path> CLASSES = classes();

  static List<Path> pages() {
    List<Path> names =
        List.of(Repository.path("docs/glossary.md"), Repository.path("CONTRIBUTING.md"));
    return Pages.all().stream()
        .filter(page -> page.startsWith(Repository.path("docs/design")) || names.contains(page))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void classesAndTheirMembersExist(Path page) {
    Matcher names = NAME.matcher(text(page));
    while (names.find()) {
      String name = names.group(1);
      if (FOREIGN.contains(name)) {
        continue;
      }
      Path source = CLASSES.get(name);
      assertThat(source).as("class %s, which %s names", name, page).isNotNull();
      String member = names.group(2);
      if (source != null && member != null) {
        assertThat(text(source))
            .as("%s.%s, which %s names", name, member, page)
            .containsPattern("\\b" + member + "\\b");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void constantsHaveTheValuesThatTablesTell(Path page) {
    Matcher rows = CONSTANT.matcher(text(page));
    while (rows.find()) {
      Path source = CLASSES.get(rows.group(1));
      assertThat(source).as("class %s, which %s names", rows.group(1), page).isNotNull();
      if (source != null) {
        assertThat(text(source))
            .as("%s has the value of %s", source.getFileName(), rows.group())
            .contains(" " + rows.group(2) + " = " + rows.group(3) + ";");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void scriptsExist(Path page) {
    Path scripts = Repository.path("mrq-redis/src/main/resources/io/mrq/redis");

    assertThat(Pages.matches(page, "`([a-z-]+\\.lua)`"))
        .allSatisfy(script -> assertThat(scripts.resolve(script)).exists());
  }

  /** All classes with a file of their own, by simple name. */
  private static Map<String, Path> classes() {
    try (Stream<Path> files = Files.walk(Repository.path("."))) {
      return files
          .filter(file -> file.toString().endsWith(".java") && file.toString().contains("/src/"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  file -> file,
                  (one, _) -> one));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
