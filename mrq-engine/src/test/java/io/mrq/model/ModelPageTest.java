package io.mrq.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pages of the design and the models say the same. When the tables differ, run this with {@code
 * -Dmrq.docs.write=true} and read what changed.
 */
class ModelPageTest {
  private static final Path PAGES =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "design");

  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)\\]\\(model\\.md#([a-z-]+)\\)");

  static List<String> parts() {
    return Configurations.all().stream().map(Configuration::part).distinct().toList();
  }

  @ParameterizedTest
  @MethodSource("parts")
  void thePageHasATableOfTheSearches(String part) throws IOException {
    Path path = PAGES.resolve("model.md");
    String page = Files.readString(path);
    String start = "<!-- searches of %s, written by ModelPageTest -->\n".formatted(part);
    String end = "<!-- end of searches of %s -->".formatted(part);
    assertThat(page).contains(start, end);
    String fresh =
        page.substring(0, page.indexOf(start))
            + start
            + table(part)
            + page.substring(page.indexOf(end));
    if (Boolean.getBoolean("mrq.docs.write")) {
      Files.writeString(path, fresh);
    }

    assertThat(Files.readString(path)).isEqualTo(fresh);
  }

  private static String table(String part) {
    String head = "| search | breaks | states | steps |\n|---|---|--:|--:|\n";
    return Configurations.all().stream()
        .filter(configuration -> configuration.part().equals(part))
        .map(ModelPageTest::row)
        .collect(Collectors.joining("", head, ""));
  }

  private static String row(Configuration c) {
    return "| %s%s | %s | %,d | %,d |%n"
        .formatted(
            c.name(),
            Configurations.isOfFullRun(c) ? " *(full run)*" : "",
            c.breaks(),
            c.states(),
            c.steps());
  }

  @Test
  void theOtherPagesNameSearchesThatThereAre() throws IOException {
    Set<String> there =
        Configurations.all().stream().map(ModelPageTest::link).collect(Collectors.toSet());

    assertThat(linksOfOtherPages()).isNotEmpty().allMatch(there::contains);
  }

  @Test
  void everyFaultThatASearchFindsIsExplained() throws IOException {
    Set<String> explained = linksOfOtherPages();

    assertThat(
            Configurations.all().stream()
                .filter(c -> !c.broken().isEmpty() && !c.name().startsWith("the first design"))
                .map(ModelPageTest::link))
        .allMatch(explained::contains);
  }

  private static String link(Configuration configuration) {
    return configuration.part().replace(' ', '-') + ": " + configuration.name();
  }

  private static Set<String> linksOfOtherPages() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      return pages
          .filter(page -> page.toString().endsWith(".md"))
          .map(ModelPageTest::text)
          .flatMap(text -> LINK.matcher(text).results())
          .map(link -> link.group(2) + ": " + link.group(1))
          .collect(Collectors.toSet());
    }
  }

  private static String text(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
