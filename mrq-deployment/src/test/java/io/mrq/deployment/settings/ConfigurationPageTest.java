package io.mrq.deployment.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.deployment.GeneratedText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} is made of the properties' metadata. */
class ConfigurationPageTest {
  /** Which part of the suite reads the properties that start so. */
  private static final Map<String, String> READERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("mrq.api", "The API"),
              Map.entry("mrq.dispatch", "Dispatch and recovery"),
              Map.entry("mrq.embedded", "The standalone's own stores"),
              Map.entry("mrq.mongo", "MongoDB"),
              Map.entry("mrq.redis", "Redis"),
              Map.entry("mrq.scheduler", "The scheduler"),
              Map.entry("mrq.schedules", "Recurring jobs"),
              Map.entry("mrq", "Settings of single tasks"),
              Map.entry("mrq.task-defaults", "Settings of all tasks"),
              Map.entry("mrq.tasks", "Params of tasks"),
              Map.entry("mrq.tasks.http", "The task `mrq.tasks.Http`"),
              Map.entry("mrq.worker", "The worker")));

  private final List<KnownProperties.Property> ours =
      KnownProperties.ofTheClassPath().startingWith("mrq.");

  @Test
  void everyPropertyHasADescription() {
    assertThat(ours)
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.description()).as(p.name()).isNotBlank());
  }

  @Test
  void everyPropertyBelongsToAPart() {
    assertThat(ours).allSatisfy(p -> assertThat(part(p)).as(p.name()).isNotEmpty());
  }

  @Test
  void thePageListsEveryProperty() throws Exception {
    Map<String, List<KnownProperties.Property>> parts =
        ours.stream()
            .collect(
                Collectors.groupingBy(
                    ConfigurationPageTest::part, TreeMap::new, Collectors.toList()));
    StringBuilder page = new StringBuilder();
    parts.forEach((part, properties) -> {
      page.append("\n## ").append(READERS.get(part)).append("\n");
      page.append("| property | default | what |\n|---|---|---|\n");
      properties.forEach(
          p -> page.append("| `%s` | %s | %s |\n".formatted(p.name(), preset(p), sentence(p))));
    });

    GeneratedText.check("docs/configuration.md", "properties", page.append('\n').toString());
  }

  private static String part(KnownProperties.Property property) {
    return READERS.keySet().stream()
        .filter(prefix -> (property.name() + ".").startsWith(prefix + "."))
        .reduce("", (a, b) -> b);
  }

  private static String preset(KnownProperties.Property property) {
    return property.preset().isEmpty() ? "" : "`" + property.preset() + "`";
  }

  /** The description as a sentence, without Javadoc's marks and on one line. */
  private static String sentence(KnownProperties.Property property) {
    String text =
        property
            .description()
            .replaceAll("\\{@(?:code|link)\\s+((?:[^{}]|\\{[^{}]*})*)}", "`$1`")
            .replaceAll("\\s+", " ")
            .replace("|", "\\|")
            .strip();
    String first = text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    return first.endsWith(".") ? first : first + ".";
  }
}
