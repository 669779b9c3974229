package io.mrq.deployment.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mrq.deployment.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Grafana dashboard: legal queries, nothing on top of each other, a source that can be chosen.
 */
class DashboardTest {
  @TempDir Path folder;

  @Test
  void everyQueryIsLegal() throws Exception {
    Promtool.assumeInstalled();
    YAMLMapper yaml = new YAMLMapper();
    ObjectNode file = yaml.createObjectNode();
    ObjectNode group = file.putArray("groups").addObject().put("name", "dashboard");
    group.putArray("rules");
    List<String> queries = Dashboard.queries();
    for (int i = 0; i < queries.size(); i++) {
      group.withArray("rules").addObject().put("record", "query:" + i).put("expr", queries.get(i));
    }
    Files.writeString(folder.resolve("queries.yaml"), yaml.writeValueAsString(file));

    assertThat(queries).hasSizeGreaterThan(25).allSatisfy(q -> assertThat(q).doesNotContain("$"));
    Promtool.run(folder, "check", "rules", "queries.yaml");
  }

  @Test
  void panelsHaveATitleAnExplanationAndAPlaceOfTheirOwn() {
    Set<String> taken = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : Dashboard.panels()) {
      String title = panel.path("title").asText();
      assertThat(title).isNotEmpty();
      assertThat(panel.path("description").asText()).as(title).isNotEmpty();
      assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
      JsonNode place = panel.path("gridPos");
      assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          String cell = (place.path("x").asInt() + x) + "," + (place.path("y").asInt() + y);
          assertThat(taken.add(cell)).as("%s lies on another panel", title).isTrue();
        }
      }
    }
  }

  @Test
  void theSourceIsAVariableThatTheComposeFileProvides() throws Exception {
    assertThat(Dashboard.content().findValuesAsText("uid")).contains("${datasource}");
    assertThat(Dashboard.panels())
        .allSatisfy(p -> assertThat(p.at("/datasource/uid").asText()).isEqualTo("${datasource}"));
    JsonNode provisioned =
        new YAMLMapper().readTree(Repository.text("deploy/grafana/datasources/prometheus.yaml"));
    assertThat(provisioned.at("/datasources/0/type").asText()).isEqualTo("prometheus");
    assertThat(provisioned.at("/datasources/0/isDefault").asBoolean()).isTrue();
  }

  @Test
  void thePrometheusOfTheComposeFileLoadsTheRules() {
    Promtool.assumeInstalled();

    Promtool.run(
        folder,
        "check",
        "config",
        "--syntax-only",
        Repository.path("deploy/prometheus.yml").toString());
    assertThat(Repository.text("deploy/prometheus.yml")).contains("/etc/prometheus/alerts.yaml");
    assertThat(Repository.text("docker-compose.yml"))
        .contains("./" + AlertRules.FILE + ":/etc/prometheus/alerts.yaml:ro");
  }
}
