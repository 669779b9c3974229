package io.mrq.deployment.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.mrq.deployment.Pages;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every property that a page names exists, however the page writes it. */
class DocumentedSettingsTest {
  private static final Set<String> ROOTS =
      Set.of("mrq", "spring", "server", "management", "logging");

  private final KnownProperties known = KnownProperties.ofTheClassPath();

  static List<Path> pages() {
    return Pages.all();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void inTheText(Path page) {
    for (String name :
        Pages.matches(
            page, "`((?:mrq|spring|server|management)\\.[a-z0-9.\\[\\]-]+)(?:=[^`]*)?`")) {
      assertThat(known.find(name)).as("%s in %s", name, page).isPresent();
    }
  }

  // CFG-03
  @ParameterizedTest
  @MethodSource("pages")
  void asVariables(Path page) {
    for (String name :
        Pages.matches(
            page,
            "(?<![A-Z_])((?:MRQ_(?:API|WORKER|DISPATCH|TASKS|EMBEDDED|SCHEDULER|REDIS)|SPRING|SERVER|LOGGING|MANAGEMENT)_[A-Z0-9_]+)")) {
      assertThat(known.findVariable(name)).as("%s in %s", name, page).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void asOptionsOfACommand(Path page) {
    for (String block : Pages.blocks(page, "sh")) {
      Pattern.compile("--((?:mrq|spring|server|management)\\.[a-z0-9.\\[\\]-]+)=")
          .matcher(block)
          .results()
          .forEach(
              m -> assertThat(known.find(m.group(1))).as("%s in %s", m.group(1), page).isPresent());
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void asPropertiesAndYaml(Path page) throws Exception {
    Set<String> names = new TreeSet<>();
    for (String block : Pages.blocks(page, "properties")) {
      block
          .lines()
          .filter(line -> line.contains("=") && !line.startsWith("#"))
          .forEach(line -> names.add(line.substring(0, line.indexOf('=')).strip()));
    }
    for (String block : Pages.blocks(page, "yaml")) {
      JsonNode tree = new YAMLMapper().readTree(block);
      if (tree.properties().stream().map(Map.Entry::getKey).allMatch(ROOTS::contains)) {
        flatten(tree, "", names);
      }
    }

    assertThat(names)
        .allSatisfy(n -> assertThat(known.find(n)).as("%s in %s", n, page).isPresent());
  }

  @Test
  void aSettingThatNobodyHasIsNoticed() {
    assertThat(known.find("mrq.worker.slot")).isEmpty();
    assertThat(known.findVariable("MRQ_WORKER_SLOT")).isEmpty();
  }

  private static void flatten(JsonNode node, String at, Set<String> names) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              e -> flatten(e.getValue(), at.isEmpty() ? e.getKey() : at + "." + e.getKey(), names));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(node.get(i), at + "[" + i + "]", names);
      }
    } else {
      names.add(at);
    }
  }
}
