package io.mrq.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that people read. */
public final class Pages {
  private Pages() {}

  /** The absolute paths of all pages. */
  public static List<Path> all() {
    try (Stream<Path> docs = Files.walk(Repository.path("docs"))) {
      List<Path> all = new ArrayList<>(docs.filter(p -> p.toString().endsWith(".md")).toList());
      for (String page :
          List.of(
              "README.md", "CONTRIBUTING.md", "helm/mrq/README.md", "examples/shop/README.md")) {
        all.add(Repository.path(page));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The blocks of a page that are written in a language.
   *
   * @param language such as {@code yaml}
   */
  public static List<String> blocks(Path page, String language) {
    return matches(page, "(?ms)^```" + language + "\n(.*?)^```");
  }

  /** What the first group of an expression finds in a page. */
  public static List<String> matches(Path page, String expression) {
    try {
      return Pattern.compile(expression)
          .matcher(Files.readString(page))
          .results()
          .map(m -> m.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
