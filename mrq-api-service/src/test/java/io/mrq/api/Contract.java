package io.mrq.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's description, to which every answer that a test gets is held: its status is described
 * for the route, and its body is as the schema says.
 */
public final class Contract {
  private static final JsonNode DOCUMENT = load();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(Dialects.getDraft202012());

  private Contract() {}

  /** The whole description. */
  public static JsonNode document() {
    return DOCUMENT;
  }

  static void check(String method, String path, Answer answer) {
    JsonNode operation = operation(method, path.replaceFirst("\\?.*", ""));
    if (operation == null) {
      if (answer.status() >= 400 && !path.startsWith("/actuator")) {
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        matches("Problem", answer.json());
      }
      return;
    }
    JsonNode response = resolved(operation.at("/responses/" + answer.status()));
    assertThat(response.isMissingNode())
        .as(
            "%s %s answers %d, which is not described: %s",
            method, path, answer.status(), answer.body())
        .isFalse();
    String type = answer.header("Content-Type").replaceFirst(";.*", "");
    JsonNode schema = response.at("/content/" + type.replace("/", "~1") + "/schema");
    assertThat(schema.isMissingNode())
        .as("%s %s answers %d as %s, which is not described", method, path, answer.status(), type)
        .isFalse();
    conforms(schema, answer.json());
  }

  /** Checks a value against a named schema. */
  public static void matches(String schema, JsonNode value) {
    conforms(DOCUMENT.at("/components/schemas/" + schema), value);
  }

  /** Whether a value is as a named schema says. */
  public static boolean allows(String schema, JsonNode value) {
    return SCHEMAS
        .getSchema(alone(DOCUMENT.at("/components/schemas/" + schema)))
        .validate(value)
        .isEmpty();
  }

  private static void conforms(JsonNode schema, JsonNode value) {
    assertThat(SCHEMAS.getSchema(alone(schema)).validate(value)).as(value.toString()).isEmpty();
  }

  /** The schema as a document of its own, in which its references still lead somewhere. */
  private static JsonNode alone(JsonNode schema) {
    ObjectNode whole = (ObjectNode) schema.deepCopy();
    whole.set("components", DOCUMENT.at("/components"));
    return whole;
  }

  private static @Nullable JsonNode operation(String method, String path) {
    for (Map.Entry<String, JsonNode> route : DOCUMENT.at("/paths").properties()) {
      if (path.matches(route.getKey().replaceAll("\\{\\w+}", "[^/]+"))) {
        return route.getValue().get(method.toLowerCase(Locale.ROOT));
      }
    }
    return null;
  }

  /** What a reference leads to; anything else as it is. */
  static JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asString().substring(1)) : node;
  }

  private static JsonNode load() {
    try (InputStream yaml =
        new ClassPathResource("io/mrq/api/openapi/openapi.yaml").getInputStream()) {
      return new JsonMapper().valueToTree(new Yaml().load(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
