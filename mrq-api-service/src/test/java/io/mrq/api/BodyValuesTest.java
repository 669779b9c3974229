package io.mrq.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * No field of any body takes an object or an array where a text is due, so no operator can come in
 * by one. The fields are those of the description, so that a new one is in here by itself.
 */
@ApiTest
class BodyValuesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> HOSTILE =
      List.of("{\"$ne\":null}", "{\"$regex\":\".*\"}", "[{\"$gt\":\"\"}]", "{}", "5", "true");

  static final List<Field> FIELDS = fields();

  private final Api api;

  BodyValuesTest(Api api) {
    this.api = api;
  }

  /**
   * One text in the body of one route.
   *
   * @param route that takes it
   * @param steps to it: names of objects, the last one its own
   * @param schema of the body
   */
  record Field(String route, List<String> steps, JsonNode schema) {
    @Override
    public String toString() {
      return route + " " + String.join(".", steps);
    }
  }

  @Test
  void theFieldsAreFound() {
    assertThat(FIELDS)
        .extracting(Field::toString)
        .contains(
            "/api/v1/jobs path",
            "/api/v1/jobs queue",
            "/api/v1/queues/pause queue",
            "/api/v1/api-keys role");
  }

  // BUG-59
  @ParameterizedTest
  @FieldSource("FIELDS")
  void aTextIsAText(Field field) {
    for (String value : HOSTILE) {
      Answer answer =
          api.post(
              field
                  .route()
                  .replace("{id}", "0123456789abcdef01234567")
                  .replace("{name}", "hostile"),
              body(field, value).toString());

      assertThat(answer.status()).as("%s = %s: %s", field, value, answer.body()).isEqualTo(400);
      answer.naming(String.join(".", field.steps()));
    }
  }

  /** With everything else that must be there, so that nothing else is refused. */
  private static ObjectNode body(Field field, String value) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode at = body;
    JsonNode schema = Contract.resolved(field.schema());
    for (String step : field.steps().subList(0, field.steps().size() - 1)) {
      fill(at, schema);
      at = at.putObject(step);
      schema = Contract.resolved(schema.at("/properties/" + step));
    }
    fill(at, schema);
    at.set(field.steps().getLast(), JSON.readTree(value));
    return body;
  }

  private static void fill(ObjectNode object, JsonNode schema) {
    for (JsonNode required : schema.at("/required")) {
      JsonNode property = Contract.resolved(schema.at("/properties/" + required.asString()));
      if (isText(property)) {
        JsonNode choices = property.at("/enum");
        object.put(required.asString(), choices.isEmpty() ? "x" : choices.get(0).asString());
      } else {
        // An object that says something: one without any condition may be refused for that.
        object.putObject(required.asString()).put("queue", "x");
      }
    }
  }

  private static List<Field> fields() {
    List<Field> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> route : Contract.document().at("/paths").properties()) {
      JsonNode schema = route.getValue().at("/post/requestBody/content/application~1json/schema");
      for (JsonNode body : choices(schema)) {
        collect(route.getKey(), body, body, List.of(), found);
      }
    }
    return found;
  }

  private static void collect(
      String route, JsonNode body, JsonNode schema, List<String> steps, List<Field> found) {
    JsonNode resolved = Contract.resolved(schema);
    for (Map.Entry<String, JsonNode> property : resolved.at("/properties").properties()) {
      List<String> place = new ArrayList<>(steps);
      place.add(property.getKey());
      if (isText(Contract.resolved(property.getValue()))) {
        found.add(new Field(route, List.copyOf(place), body));
      } else {
        collect(route, body, property.getValue(), place, found);
      }
    }
  }

  private static List<JsonNode> choices(JsonNode schema) {
    JsonNode resolved = Contract.resolved(schema);
    return resolved.has("oneOf")
        ? resolved.at("/oneOf").valueStream().map(Contract::resolved).toList()
        : List.of(resolved);
  }

  private static boolean isText(JsonNode schema) {
    if (schema.has("oneOf")) {
      return choices(schema).stream().anyMatch(BodyValuesTest::isText);
    }
    JsonNode type = schema.at("/type");
    return type.isArray()
        ? type.valueStream().anyMatch(one -> one.asString().equals("string"))
        : type.asString("").equals("string");
  }
}
