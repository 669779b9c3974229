package io.mrq.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * On a real store, no value of any query parameter is an operator, a pattern or a piece of JSON.
 * The parameters are those of the description, so that a new one is in here by itself.
 */
class FilterValuesTest {
  private static final List<String> HOSTILE =
      List.of(
          "$ne",
          "{\"$ne\":null}",
          "{\"$regex\":\".*\"}",
          "[\"filter-values\"]",
          "/.*/",
          ".*",
          "^filter",
          "filter.values",
          "(a+)+$",
          "filter-values\0");

  /** They say how to answer, and filter nothing. */
  private static final List<String> NO_FILTERS = List.of("limit", "running", "force");

  static final List<Parameter> PARAMETERS = parameters();

  @TempDir static Path folder;

  private static ConfigurableApplicationContext service;
  private static Api api;

  /**
   * One parameter of one route that reads.
   *
   * @param path of the route
   * @param name of the parameter
   */
  record Parameter(String path, String name) {}

  @BeforeAll
  static void start() {
    service =
        SpringApplication.run(
            MrqApiApplication.class,
            "--server.port=0",
            "--mrq.embedded.data-dir=" + folder,
            "--" + StarterSwitchedOff.REAL_STORES + "=true");
    api =
        new Api(
            () -> service.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    api.enqueue("{\"path\":\"filter-values\",\"queue\":\"filter-values\"}").is(201);
    api.enqueue("{\"path\":\"other\",\"queue\":\"other\"}").is(201);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void theParametersAreFound() {
    assertThat(PARAMETERS)
        .contains(
            new Parameter("/api/v1/jobs", "status"),
            new Parameter("/api/v1/jobs", "queue"),
            new Parameter("/api/v1/jobs", "path"),
            new Parameter("/api/v1/jobs", "worker"),
            new Parameter("/api/v1/jobs", "exceptiontype"));
    assertThat(api.get("/api/v1/jobs?queue=filter-values").json().at("/items")).hasSize(1);
  }

  // RTE-09, BUG-59
  @ParameterizedTest
  @FieldSource("PARAMETERS")
  void aValueIsAValue(Parameter parameter) {
    for (String value : HOSTILE) {
      Answer answer =
          api.get(
              "%s?%s=%s"
                  .formatted(
                      parameter.path(),
                      parameter.name(),
                      URLEncoder.encode(value, StandardCharsets.UTF_8)));

      assertThat(answer.status()).as("%s = %s: %s", parameter, value, answer.body()).isIn(200, 400);
      if (answer.status() == 200) {
        assertThat(answer.json().at("/items")).as("%s = %s", parameter, value).isEmpty();
        assertThat(answer.json().at("/count").asLong(0)).as("%s = %s", parameter, value).isZero();
      }
    }
  }

  @ParameterizedTest
  @FieldSource("PARAMETERS")
  void aNameIsAName(Parameter parameter) {
    for (String name : List.of("[$ne]", "%5B$ne%5D", "[]", ".$ne", "$")) {
      api.get("%s?%s%s=x".formatted(parameter.path(), parameter.name(), encoded(name)))
          .isProblem(400, "invalid-parameter");
    }
  }

  private static String encoded(String name) {
    return name.replace("[", "%5B").replace("]", "%5D");
  }

  private static List<Parameter> parameters() {
    List<Parameter> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> route : Contract.document().at("/paths").properties()) {
      Stream.of("/get/parameters", "/parameters")
          .flatMap(place -> route.getValue().at(place).valueStream())
          .map(Contract::resolved)
          .filter(parameter -> parameter.at("/in").asString().equals("query"))
          .map(parameter -> parameter.at("/name").asString())
          .filter(name -> !NO_FILTERS.contains(name))
          .map(name -> new Parameter(path(route.getKey()), name))
          .forEach(found::add);
    }
    return found;
  }

  private static String path(String template) {
    return template.replace("{id}", "0123456789abcdef01234567").replace("{name}", "filter-values");
  }
}
