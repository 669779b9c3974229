package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** JSON Schemas that are made of records and their constraints. */
class ParamsSchemaTest {
  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  enum Size2 {
    SMALL,
    LARGE
  }

  record Item(@NotBlank String sku, int count) {}

  record Order(
      @NotNull @Size(min = 2, max = 40) String customer,
      @Min(1) @Max(9) Integer priority,
      @Pattern(regexp = "[A-Z]+") String code,
      double weight,
      boolean express,
      Size2 size,
      List<Item> items,
      Map<String, Integer> counts,
      LocalDate day,
      URI callback,
      Object anything) {}

  record Tree(String name, List<Tree> children) {}

  record Named(@JsonProperty("the_name") String name) {}

  record Amount(String text) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Amount of(String text) {
      return new Amount(text);
    }
  }

  record Paid(Amount amount) {}

  /** Can be bound from a text, by its constructor. */
  public static class Word {
    private final String text;

    public Word(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  record Said(Word word, @JsonAlias("old") @NotNull String name, @JsonUnwrapped Item item) {}

  static class Bean {
    private @Nullable String title;

    public @Nullable String getTitle() {
      return title;
    }

    public void setTitle(String value) {
      title = value;
    }
  }

  private static JsonNode schema(JsonMapper json, Class<?> type) {
    return JSON.readTree(
        new ParamsSchema(json, VALIDATOR).of(json.getTypeFactory().constructType(type)));
  }

  @Test
  void aRecordIsAnObjectOfItsComponentsAndTheirConstraints() {
    JsonNode schema = schema(JSON, Order.class);

    assertThat(schema.at("/$schema").asString())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.at("/type").asString()).isEqualTo("object");
    assertThat(schema.at("/required")).hasToString("[\"customer\"]");
    assertThat(schema.at("/properties/customer"))
        .hasToString("{\"maxLength\":40,\"minLength\":2,\"type\":\"string\"}");
    assertThat(schema.at("/properties/priority/type")).hasToString("[\"integer\",\"null\"]");
    assertThat(schema.at("/properties/priority/minimum").asInt()).isEqualTo(1);
    assertThat(schema.at("/properties/priority/maximum").asInt()).isEqualTo(9);
    assertThat(schema.at("/properties/code/pattern").asString()).isEqualTo("^(?:[A-Z]+)$");
    assertThat(schema.at("/properties/weight/type").asString()).isEqualTo("number");
    assertThat(schema.at("/properties/express/type").asString()).isEqualTo("boolean");
    assertThat(schema.at("/properties/size/enum")).hasToString("[\"SMALL\",\"LARGE\",null]");
    assertThat(schema.at("/properties/items/items/required")).hasToString("[\"sku\"]");
    assertThat(schema.at("/properties/items/items/properties/sku/minLength").asInt()).isEqualTo(1);
    assertThat(schema.at("/properties/counts/additionalProperties/type"))
        .hasToString("[\"integer\",\"null\"]");
    assertThat(schema.has("additionalProperties")).isFalse();
  }

  @Test
  void whatHasManyFormsIsAllowed() {
    JsonNode schema = schema(JSON, Order.class);

    assertThat(schema.at("/properties/day")).hasToString("{}");
    assertThat(schema.at("/properties/callback")).hasToString("{}");
    assertThat(schema.at("/properties/anything")).hasToString("{}");
    assertThat(schema(JSON, Paid.class).at("/properties/amount")).hasToString("{}");
  }

  @Test
  void whatHasOtherNamesOrOtherFormsIsNotAskedFor() {
    JsonNode schema = schema(JSON, Said.class);

    assertThat(schema.has("required")).isFalse();
    assertThat(schema.at("/properties/word")).hasToString("{}");
  }

  @Test
  void aTypeThatHoldsItselfEnds() {
    JsonNode schema = schema(JSON, Tree.class);

    assertThat(schema.at("/properties/children/type")).hasToString("[\"array\",\"null\"]");
    assertThat(schema.at("/properties/children/items").isMissingNode()).isTrue();
  }

  @Test
  void namesAreThoseOfTheMapper() {
    JsonMapper snake =
        JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    record Long2(@NotNull String firstName) {}

    assertThat(schema(snake, Long2.class).at("/required")).hasToString("[\"first_name\"]");
    assertThat(schema(JSON, Named.class).at("/properties").propertyNames())
        .containsExactly("the_name");
    assertThat(schema(JSON, Bean.class).at("/properties").propertyNames()).containsExactly("title");
  }

  @Test
  void unknownNamesAreForbiddenWhereTheMapperRefusesThem() {
    JsonMapper strict =
        JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    assertThat(schema(strict, Named.class).at("/additionalProperties").asBoolean(true)).isFalse();
  }
}
