package io.mrq.deployment.compose;

import io.mrq.deployment.Repository;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docker-compose.yml}, its anchors and merges resolved. */
public final class ComposeFile {
  static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z_]+)(:[-?])([^}]*)}");
  private static final JsonNode CONTENT = load();

  private ComposeFile() {}

  static JsonNode content() {
    return CONTENT;
  }

  static Map<String, JsonNode> services() {
    return CONTENT.path("services").properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  static JsonNode service(String name) {
    JsonNode service = CONTENT.path("services").path(name);
    if (service.isMissingNode()) {
      throw new AssertionError("no service " + name);
    }
    return service;
  }

  /** Names of the variables that our own three services get. */
  public static Set<String> variables() {
    Set<String> names = new TreeSet<>();
    for (String service : Set.of("api", "worker", "scheduler")) {
      names.addAll(service(service).path("environment").propertyNames());
    }
    return names;
  }

  /**
   * What a service gets as its environment.
   *
   * @param settings what {@code .env} says; what it does not has its default
   */
  public static Map<String, String> environment(String service, Map<String, String> settings) {
    return service(service).path("environment").properties().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, e -> filled(e.getValue().asString(), settings)));
  }

  private static String filled(String text, Map<String, String> settings) {
    return VARIABLE
        .matcher(text)
        .replaceAll(m -> {
          String preset = m.group(2).equals(":-") ? m.group(3) : "";
          return Matcher.quoteReplacement(settings.getOrDefault(m.group(1), preset));
        });
  }

  private static JsonNode load() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Object loaded = new Yaml(options).load(Repository.text("docker-compose.yml"));
    return new JsonMapper().valueToTree(Objects.requireNonNull(loaded));
  }
}
