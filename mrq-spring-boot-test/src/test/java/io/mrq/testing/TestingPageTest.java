package io.mrq.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The code on the page about tests is code that is compiled and run. */
class TestingPageTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```");

  static List<String> blocks() throws IOException {
    return BLOCK
        .matcher(Files.readString(MODULE.resolve("../docs/testing-tasks.md")))
        .results()
        .map(block -> block.group(1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void aBlockIsPartOfASourceFile(String block) throws IOException {
    try (Stream<Path> files = Files.walk(MODULE.resolve("src/test/java/com/example/mails"))) {
      assertThat(files.filter(Files::isRegularFile).map(TestingPageTest::text))
          .anyMatch(source -> source.contains(withoutLayout(block)));
    }
  }

  private static String text(Path file) {
    try {
      return withoutLayout(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The formatter may break lines elsewhere. */
  private static String withoutLayout(String code) {
    return code.replaceAll("\\s+", "");
  }
}
