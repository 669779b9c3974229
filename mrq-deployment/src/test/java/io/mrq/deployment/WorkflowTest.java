package io.mrq.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workflow of the public CI names only what is there, since it runs elsewhere. */
class WorkflowTest {
  private static final String FILE = ".github/workflows/build.yml";
  private static final Pattern MODULES = Pattern.compile("-pl (\\S+)");
  private static final Pattern PROPERTIES = Pattern.compile("-D(mrq\\.[a-z.]+)=");
  private static final Pattern CLASSES = Pattern.compile("-D(?:it\\.)?test='?([\\w/*]+)'?");
  private static final Pattern PINNED = Pattern.compile("actions/[a-z-]+@v\\d+");

  private final String text = Repository.text(FILE);

  @Test
  void everyStepIsACommandOrAPinnedAction() throws IOException {
    JsonNode jobs = new YAMLMapper().readTree(text).get("jobs");
    List<JsonNode> steps = new ArrayList<>();
    jobs.forEach(job -> {
      assertThat(job.path("runs-on").asText()).isNotEmpty();
      assertThat(job.path("timeout-minutes").asInt()).isBetween(1, 90);
      job.path("needs").forEach(needed -> assertThat(jobs.has(needed.asText())).isTrue());
      job.path("steps").forEach(steps::add);
    });

    assertThat(steps)
        .isNotEmpty()
        .allSatisfy(step -> {
          assertThat(step.has("uses")).isNotEqualTo(step.has("run"));
          if (step.has("uses")) {
            assertThat(step.get("uses").asText()).matches(PINNED);
          }
        });
  }

  @Test
  void everyModuleExists() {
    Set<String> modules = new TreeSet<>();
    found(MODULES).forEach(list -> modules.addAll(Arrays.asList(list.split(","))));

    assertThat(modules)
        .isNotEmpty()
        .allSatisfy(module -> assertThat(Repository.path(module + "/pom.xml")).exists());
  }

  @Test
  void everyChosenTestExists() {
    List<String> chosen = found(CLASSES).filter(name -> !name.equals("none")).toList();
    List<String> tests = testSources().map(WorkflowTest::className).toList();

    assertThat(chosen)
        .isNotEmpty()
        .allSatisfy(name -> {
          Pattern pattern =
              Pattern.compile(
                  ".*\\b" + name.replace("**", ".+").replaceAll("(?<!\\.)\\*", "\\\\w*"));
          assertThat(tests).as(name).anyMatch(test -> pattern.matcher(test).matches());
        });
  }

  @Test
  void everyPropertyIsReadByATest() {
    Set<String> properties = new TreeSet<>(found(PROPERTIES).toList());
    List<String> sources = testSources().map(WorkflowTest::read).toList();

    assertThat(properties)
        .isNotEmpty()
        .allSatisfy(property ->
            assertThat(sources).anyMatch(source -> source.contains('"' + property + '"')));
  }

  private Stream<String> found(Pattern pattern) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
  }

  private static Stream<Path> testSources() {
    try (Stream<Path> files = Files.walk(Repository.path("."))) {
      return files
          .filter(file -> file.toString().contains("/src/test/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("WorkflowTest.java"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String className(Path source) {
    String file = source.toString();
    return file.substring(
        file.indexOf("/src/test/java/") + "/src/test/java/".length(), file.length() - 5);
  }

  private static String read(Path source) {
    try {
      return Files.readString(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
