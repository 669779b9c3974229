package io.mrq.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the API answered. */
public record Answer(int status, HttpHeaders headers, String body) {
  private static final JsonMapper JSON = new JsonMapper();

  public JsonNode json() {
    return JSON.readTree(body);
  }

  public String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The text at a place such as {@code /items/0/id}; empty when there is none. */
  public String text(String pointer) {
    JsonNode node = json().at(pointer);
    return node.isMissingNode() ? "" : node.asString();
  }

  public Answer is(int expected) {
    assertThat(status).as(body).isEqualTo(expected);
    return this;
  }

  /** Checks status and kind of a problem. */
  public Answer isProblem(int expected, String type) {
    is(expected);
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(text("/type")).as(body).isEqualTo("urn:mrq:problem:" + type);
    assertThat(json().at("/status").asInt()).isEqualTo(expected);
    return this;
  }

  /** Checks the one field that the problem names. */
  public Answer naming(String field, String... words) {
    assertThat(text("/errors/0/field")).as(body).isEqualTo(field);
    assertThat(text("/detail")).as(body).contains("'" + field + "'");
    for (String word : words) {
      assertThat(text("/errors/0/message")).as(body).contains(word);
      assertThat(text("/detail")).as(body).contains(word);
    }
    return this;
  }

  /** Checks that the sentence for people holds these words. */
  public Answer saying(String... words) {
    assertThat(text("/detail")).contains(words);
    return this;
  }
}
