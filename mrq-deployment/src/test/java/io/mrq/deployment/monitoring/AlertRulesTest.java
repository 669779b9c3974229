package io.mrq.deployment.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mrq.deployment.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alert rules: legal, each tried, each with a place that tells what to do. */
class AlertRulesTest {
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern TRIED = Pattern.compile("alertname: (\\w+)");

  @TempDir Path folder;

  @Test
  void areLegal() {
    Promtool.assumeInstalled();

    Promtool.run(folder, "check", "rules", Repository.path(AlertRules.FILE).toString());
  }

  @Test
  void fireWhenTheyShouldAndOnlyThen() throws Exception {
    Promtool.assumeInstalled();
    Files.copy(Repository.path(AlertRules.FILE), folder.resolve("alerts.yaml"));
    Files.writeString(folder.resolve("tests.yaml"), tests());

    Promtool.run(folder, "test", "rules", "tests.yaml");
  }

  @Test
  void everyRuleIsTried() throws Exception {
    Set<String> tried =
        TRIED
            .matcher(tests())
            .results()
            .map(m -> m.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(tried)
        .isEqualTo(
            AlertRules.all().stream()
                .map(r -> r.path("alert").asText())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyRuleSaysWhatToDo() {
    Set<String> anchors =
        HEADING
            .matcher(Repository.text("docs/operating.md"))
            .results()
            .map(m -> "docs/operating.md#" + anchor(m.group(1)))
            .collect(Collectors.toSet());

    for (JsonNode rule : AlertRules.all()) {
      String name = rule.path("alert").asText();
      assertThat(rule.at("/annotations/runbook_url").asText()).as(name).isIn(anchors);
      assertThat(rule.at("/annotations/summary").asText()).as(name).isNotEmpty();
      assertThat(rule.at("/annotations/description").asText()).as(name).isNotEmpty();
      assertThat(rule.at("/labels/severity").asText()).as(name).isIn("critical", "warning", "info");
    }
  }

  /** What GitHub and its kin make of a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }

  private static String tests() throws Exception {
    try (var in = AlertRulesTest.class.getResourceAsStream("/alert-tests.yaml")) {
      return new String(java.util.Objects.requireNonNull(in).readAllBytes());
    }
  }
}
