package io.mrq.api.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Contract;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** The description of the API: valid, whole, and of the real routes. */
@ApiTest
class OpenApiTest {
  private final Api api;
  private final RequestMappingHandlerMapping requestMappingHandlerMapping;

  OpenApiTest(Api api, RequestMappingHandlerMapping requestMappingHandlerMapping) {
    this.api = api;
    this.requestMappingHandlerMapping = requestMappingHandlerMapping;
  }

  @Test
  void itIsServedAsJson() {
    var answer = api.get("/v3/api-docs").is(200);

    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    assertThat(answer.text("/openapi")).startsWith("3.1");
    assertThat(answer.json()).isEqualTo(Contract.document());
  }

  @Test
  void itIsValid() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);

    SwaggerParseResult result =
        new OpenAPIV3Parser().readContents(api.get("/v3/api-docs").body(), null, options);

    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getPaths())
        .hasSize(Contract.document().at("/paths").propertyNames().size());
  }

  @Test
  void itDescribesEveryRouteAndNoOther() {
    List<String> described = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : Contract.document().at("/paths").properties()) {
      path.getValue()
          .propertyNames()
          .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
    }

    assertThat(described).containsExactlyInAnyOrderElementsOf(routes());
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    List<String> references = new ArrayList<>();
    collect(Contract.document(), references);

    assertThat(references)
        .isNotEmpty()
        .allSatisfy(reference ->
            assertThat(Contract.document().at(reference.substring(1)).isMissingNode())
                .as(reference)
                .isFalse());
  }

  @Test
  void itsExamplesAreWhatItDescribes() {
    JsonNode post = Contract.document().at("/paths/~1api~1v1~1jobs/post");
    JsonNode examples = post.at("/requestBody/content/application~1json/examples");

    Contract.matches("NewJob", examples.at("/one/value"));
    Contract.matches("NewJob", examples.at("/delayed/value"));
    Contract.matches("NewJob", examples.at("/many/value/0"));
    api.enqueue(examples.at("/one/value").toString()).is(201);
    api.enqueue(examples.at("/delayed/value").toString()).is(201);
    api.enqueue(examples.at("/many/value").toString()).is(201);
    Contract.matches(
        "Problem",
        Contract.document()
            .at("/components/responses/Refused/content/application~1problem+json/example"));
  }

  private List<String> routes() {
    List<String> routes = new ArrayList<>();
    requestMappingHandlerMapping
        .getHandlerMethods()
        .keySet()
        .forEach(mapping ->
            mapping
                .getPatternValues()
                .forEach(path ->
                    mapping
                        .getMethodsCondition()
                        .getMethods()
                        .forEach(method -> routes.add(method + " " + path))));
    // The description itself and the pages of the dashboard are not for programs.
    routes.removeIf(route -> !route.contains(" /api/"));
    // One route may take several types of bodies, each by a method of its own.
    return routes.stream().distinct().toList();
  }

  private static void collect(JsonNode node, List<String> references) {
    if (node.has("$ref")) {
      references.add(node.get("$ref").asString());
    }
    node.forEach(child -> collect(child, references));
  }
}
