package io.mrq.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links between the pages lead somewhere, to the heading that they name. */
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Repository.path("docs"))) {
      List<Path> all = new ArrayList<>(docs.filter(p -> p.toString().endsWith(".md")).toList());
      for (String page : List.of("README.md", "CONTRIBUTING.md", "helm/mrq/README.md")) {
        all.add(Repository.path(page));
      }
      return all;
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    Matcher link = LINK.matcher(Files.readString(page));
    while (link.find()) {
      String target = link.group(1);
      if (target.matches("[a-z]+:.*")) {
        continue;
      }
      String[] parts = target.split("#", 2);
      Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
      assertThat(file).as("%s links to %s", page, target).exists();
      if (parts.length == 2) {
        assertThat(anchors(file)).as("%s links to %s", page, target).contains(parts[1]);
      }
    }
  }

  /** What GitHub and its kin make of the headings of a page. */
  private static List<String> anchors(Path page) throws IOException {
    return HEADING.matcher(Files.readString(page)).results().map(m -> anchor(m.group(1))).toList();
  }

  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }
}
