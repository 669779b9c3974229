package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Contract;
import io.mrq.query.FilterField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

/**
 * The description of the API and the dashboard know exactly the fields that jobs can be found by.
 */
class FilterNamesTest {
  private static final List<String> FIELDS =
      Stream.of(FilterField.values()).map(FilterField::text).toList();

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/jobs", "/api/v1/jobs/count"})
  void theDescriptionHasEachFieldAsAParameter(String path) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter :
        Contract.document().at("/paths/" + path.replace("/", "~1") + "/get/parameters")) {
      String reference = parameter.at("/$ref").asString("");
      names.add(
          reference.isEmpty()
              ? parameter.at("/name").asString()
              : Contract.document().at(reference.substring(1) + "/name").asString());
    }

    assertThat(names)
        .filteredOn(name -> !List.of("after", "limit", "view").contains(name))
        .containsExactlyElementsOf(FIELDS);
  }

  @Test
  void theDescriptionHasEachFieldInTheFilterOfABulkAction() {
    List<String> expected = new ArrayList<>(FIELDS);
    expected.add("ids");

    assertThat(
            Contract.document().at("/components/schemas/ActionFilter/properties").propertyNames())
        .containsExactlyElementsOf(expected);
  }

  @Test
  void theDashboardKnowsEachField() throws IOException {
    String module =
        new ClassPathResource("static/dashboard/assets/ui/conditions.js")
            .getContentAsString(StandardCharsets.UTF_8);
    Matcher fields =
        Pattern.compile("export const FIELDS = \\{(.*?)\\n};", Pattern.DOTALL).matcher(module);
    assertThat(fields.find()).isTrue();

    assertThat(
            Pattern.compile("(?m)^  (\\w+):")
                .matcher(fields.group(1))
                .results()
                .map((MatchResult field) -> field.group(1)))
        .containsExactlyInAnyOrderElementsOf(FIELDS);
  }
}
