package io.mrq.deployment.behaviours;

import io.mrq.deployment.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * All behaviours that have an id.
 *
 * @param capabilities what is planned, by name, in the order of its value to users
 */
record Catalogue(List<Area> areas, Map<String, String> capabilities) {
  /** From the repository's root. */
  static final String FOLDER = "mrq-deployment/src/test/resources/behaviours/";

  private static final List<String> FILES =
      List.of(
          "jobs",
          "queues",
          "workers",
          "scheduler",
          "tasks",
          "programs",
          "dashboard",
          "practices",
          "mixed-fleets",
          "faults");

  static Catalogue read() {
    List<Area> areas = new ArrayList<>();
    FILES.forEach(file -> areas.addAll(areas(file)));
    Map<String, String> capabilities = new LinkedHashMap<>();
    load("capabilities").forEach((name, text) -> capabilities.put(name, text.toString()));
    return new Catalogue(List.copyOf(areas), capabilities);
  }

  Set<String> ids() {
    return behaviours().map(Behaviour::id).collect(Collectors.toSet());
  }

  Stream<Behaviour> behaviours() {
    return areas.stream().flatMap(a -> a.behaviours().stream());
  }

  private static List<Area> areas(String file) {
    List<Area> areas = new ArrayList<>();
    load(file)
        .forEach((area, content) -> {
          Map<String, Object> entries = map(content);
          List<Behaviour> behaviours = new ArrayList<>();
          entries.forEach((key, entry) -> {
            if (!key.equals("title")) {
              behaviours.add(Behaviour.of(area + "-" + key, texts(entry)));
            }
          });
          areas.add(new Area(area, String.valueOf(entries.get("title")), behaviours));
        });
    return areas;
  }

  private static Map<String, Object> load(String file) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    return map(
        new Yaml(new SafeConstructor(options)).load(Repository.text(FOLDER + file + ".yaml")));
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((k, v) -> map.put(String.valueOf(k), v));
    return map;
  }

  private static Map<String, String> texts(Object value) {
    return map(value).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> String.valueOf(e.getValue()).strip()));
  }
}
