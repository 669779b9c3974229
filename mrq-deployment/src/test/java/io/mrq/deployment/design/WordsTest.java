package io.mrq.deployment.design;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.deployment.Pages;
import io.mrq.deployment.Repository;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One word for one thing: what the glossary does not call it, nobody calls it. */
class WordsTest {
  private static final Path GLOSSARY = Repository.path("docs/glossary.md");
  private static final Set<String> READ = Set.of("java", "md", "yaml", "yml", "js", "html", "lua");
  private static final NavigableMap<String, String> texts = new TreeMap<>();

  static List<String> avoided() {
    return Pages.matches(GLOSSARY, "\"([^\"]+)\"");
  }

  @BeforeAll
  static void read() throws IOException {
    Path root = Repository.path(".").normalize();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = root.relativize(folder).toString();
            boolean isSkipped = name.startsWith(".") || name.endsWith("target");
            return isSkipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = root.relativize(file).toString();
            if (isChecked(name) && !file.equals(GLOSSARY)) {
              texts.put(name, onOneLine(Files.readString(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void theGlossaryNamesWhatToAvoid() {
    assertThat(avoided()).isNotEmpty();
    assertThat(texts).containsKey("README.md");
  }

  @ParameterizedTest
  @MethodSource("avoided")
  void thePhraseStandsNowhere(String phrase) {
    assertThat(
            texts.keySet().stream().filter(name -> texts.getOrDefault(name, "").contains(phrase)))
        .as("files that say '%s'", phrase)
        .isEmpty();
  }

  private static boolean isChecked(String name) {
    boolean isOurs =
        name.contains("/src/main/") || name.startsWith("docs/") || name.equals("README.md");
    return isOurs && READ.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  /** In small letters, without the breaks and the margins of comments. */
  private static String onOneLine(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("\\s+(\\*\\s+|//\\s+|#\\s+)?", " ");
  }
}
