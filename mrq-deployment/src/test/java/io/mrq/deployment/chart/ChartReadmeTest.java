package io.mrq.deployment.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mrq.deployment.GeneratedText;
import io.mrq.deployment.Pages;
import io.mrq.deployment.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of values in the chart's README is made of the comments in {@code values.yaml}. */
class ChartReadmeTest {
  private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z]+):.*");
  private static final Pattern COMMENT = Pattern.compile("^ *# -- (.*)");

  private record Level(int indent, String key) {}

  private record Value(String path, String description) {}

  @Test
  void theReadmeListsEveryValue() throws Exception {
    JsonNode values = Chart.YAML.readTree(Repository.text("helm/mrq/values.yaml"));
    StringBuilder table = new StringBuilder("| value | default | what |\n|---|---|---|\n");
    List<Value> described = described();
    for (Value value : described) {
      JsonNode preset = values.at("/" + value.path().replace('.', '/'));
      table.append("| `%s` | `%s` | %s |\n".formatted(value.path(), preset, value.description()));
    }

    assertThat(described).extracting(Value::path).doesNotHaveDuplicates();
    List<String> silent = new ArrayList<>();
    collectSilent(values, "", described.stream().map(Value::path).toList(), silent);
    assertThat(silent).as("values without a comment that starts with '# -- '").isEmpty();
    GeneratedText.check("helm/mrq/README.md", "values", table.toString());
  }

  @Test
  void theExamplesAreLegalValues(@TempDir Path folder) throws Exception {
    List<String> examples =
        Pages.blocks(Repository.path("helm/mrq/README.md"), "yaml").stream()
            .filter(block -> block.startsWith("workerGroups:"))
            .toList();

    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      Path values = Files.writeString(folder.resolve("values.yaml"), example);
      assertThat(Chart.render(values).all()).allSatisfy(StrictModel::check);
    }
  }

  @Test
  void whatTheCommandsSetAreLegalValues() {
    Map<String, String> set = new HashMap<>();
    for (String pair :
        Pages.matches(Repository.path("helm/mrq/README.md"), "--set ([^\\s`]+=[^\\s`]+)")) {
      String[] parts = pair.split("=", 2);
      set.put(parts[0], parts[1]);
    }

    assertThat(set).containsKey("image.registry");
    assertThat(Chart.render(set).all()).allSatisfy(StrictModel::check);
  }

  private static List<Value> described() {
    List<Value> found = new ArrayList<>();
    Deque<Level> path = new ArrayDeque<>();
    String comment = "";
    for (String line : Repository.text("helm/mrq/values.yaml").split("\n", -1)) {
      Matcher described = COMMENT.matcher(line);
      Matcher key = KEY.matcher(line);
      if (described.matches()) {
        comment = described.group(1);
      } else if (key.matches()) {
        int indent = key.group(1).length();
        while (!path.isEmpty() && path.getLast().indent() >= indent) {
          path.removeLast();
        }
        path.addLast(new Level(indent, key.group(2)));
        if (!comment.isEmpty()) {
          found.add(new Value(String.join(".", path.stream().map(Level::key).toList()), comment));
        }
        comment = "";
      }
    }
    return found;
  }

  private static void collectSilent(
      JsonNode node, String at, List<String> described, List<String> silent) {
    for (var entry : node.properties()) {
      String path = at.isEmpty() ? entry.getKey() : at + "." + entry.getKey();
      if (described.contains(path)) {
        continue;
      }
      if (entry.getValue().isObject() && !entry.getValue().isEmpty()) {
        collectSilent(entry.getValue(), path, described, silent);
      } else {
        silent.add(path);
      }
    }
  }
}
