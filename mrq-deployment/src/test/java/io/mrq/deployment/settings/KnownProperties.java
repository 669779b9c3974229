package io.mrq.deployment.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Every property that the services and the libraries in them describe, from the metadata in their
 * jars.
 */
final class KnownProperties {
  private static final String METADATA = "META-INF/spring-configuration-metadata.json";

  private final Map<String, Property> byName = new HashMap<>();

  /**
   * One property.
   *
   * @param name canonical, such as {@code mrq.worker.slots}
   * @param type Java's name of it; empty if the metadata does not tell
   * @param gone whether it is no longer bound
   * @param preset the default; empty for none
   * @param description empty for none
   */
  record Property(String name, String type, boolean gone, String preset, String description) {
    boolean isMap() {
      return type.startsWith("java.util.Map<");
    }

    boolean isList() {
      return type.startsWith("java.util.List<")
          || type.startsWith("java.util.Set<")
          || type.endsWith("[]");
    }
  }

  private KnownProperties() {}

  static KnownProperties ofTheClassPath() {
    KnownProperties known = new KnownProperties();
    ObjectMapper json = new ObjectMapper();
    try {
      for (URL url :
          Collections.list(KnownProperties.class.getClassLoader().getResources(METADATA))) {
        try (InputStream in = url.openStream()) {
          json.readTree(in).path("properties").forEach(known::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return known;
  }

  private void add(JsonNode property) {
    String name = property.path("name").asText();
    boolean gone = property.at("/deprecation/level").asText().equals("error");
    byName.put(
        uniform(name),
        new Property(
            name,
            property.path("type").asText(),
            gone,
            preset(property.path("defaultValue")),
            property.path("description").asText()));
  }

  /**
   * Finds what a property name means, in any of the forms that Spring takes.
   *
   * @param name such as {@code server.port}, {@code logging.level.root}, {@code a.users[0].name}
   * @return the property, or the map or list that it is an entry of
   */
  Optional<Property> find(String name) {
    String uniform = uniform(name.replaceAll("\\[\\d+]", ""));
    Property exact = byName.get(uniform);
    if (exact != null) {
      return exact.gone() ? Optional.empty() : Optional.of(exact);
    }
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      Property parent = byName.get(uniform(name.substring(0, dot).replaceAll("\\[\\d+]", "")));
      if (parent != null && !parent.gone() && (parent.isMap() || parent.isList())) {
        return Optional.of(parent);
      }
    }
    return Optional.empty();
  }

  /**
   * Finds what an environment variable sets.
   *
   * @param variable such as {@code MRQ_WORKER_SLOTS} or {@code MRQ_API_USERS_0_NAME}
   */
  Optional<Property> findVariable(String variable) {
    String flat = variable.toLowerCase(Locale.ROOT);
    for (Property property : byName.values()) {
      String form = variable(property.name());
      boolean entry = (property.isMap() || property.isList()) && flat.startsWith(form + "_");
      if (!property.gone() && (flat.equals(form) || entry)) {
        return Optional.of(property);
      }
    }
    return Optional.empty();
  }

  /** Dashes vanish in the name of a variable, dots become underscores. */
  private static String variable(String name) {
    return name.replace("-", "").replace('.', '_').toLowerCase(Locale.ROOT);
  }

  private static String uniform(String name) {
    return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static String preset(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    return StreamSupport.stream(value.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  /** All properties whose name starts so, in the order of their names. */
  List<Property> startingWith(String prefix) {
    return byName.values().stream()
        .filter(p -> p.name().startsWith(prefix))
        .sorted(Comparator.comparing(Property::name))
        .toList();
  }
}
