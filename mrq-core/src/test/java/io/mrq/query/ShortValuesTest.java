package io.mrq.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShortValuesTest {
  private final ShortValues values = new ShortValues();

  @Test
  void whatIsSmallStaysAsItIs() {
    Map<String, @Nullable Object> small = new LinkedHashMap<>();
    small.put("text", "x".repeat(ShortValues.MAX_TEXT));
    small.put("list", List.of(1, "two", Map.of("three", 3L)));
    small.put("none", null);

    assertThat(values.object(small)).isEqualTo(small);
    assertThat(values.cut()).isFalse();
  }

  @Test
  void aLongTextIsCutToItsBeginning() {
    assertThat(values.object(Map.of("text", "x".repeat(ShortValues.MAX_TEXT + 1))))
        .isEqualTo(Map.of("text", "x".repeat(ShortValues.MAX_TEXT) + "…"));
    assertThat(values.cut()).isTrue();
  }

  @Test
  void noHalfOfACharacterIsLeft() {
    String text = "x".repeat(ShortValues.MAX_TEXT - 1) + "😀😀";

    assertThat(values.object(Map.of("text", text)))
        .isEqualTo(Map.of("text", "x".repeat(ShortValues.MAX_TEXT - 1) + "…"));
  }

  @Test
  void manyValuesTogetherHaveAnEnd() {
    Map<String, @Nullable Object> many = new LinkedHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      many.put("key" + i, Collections.nCopies(100, "x".repeat(150)));
    }

    assertThat(values.object(many).toString()).hasSizeLessThan(ShortValues.MAX_ROW + 300);
    assertThat(values.cut()).isTrue();
  }

  @Test
  void deepAndEmptyAndBinaryValuesHaveAnEndToo() {
    Object deep = "bottom";
    for (int i = 0; i < 90; i++) {
      deep = Map.of("k", deep);
    }
    List<Object> empties = new ArrayList<>(Collections.nCopies(100_000, Map.of()));

    for (Object value : List.of(deep, empties, new byte[100_000], "x".repeat(1_000_000))) {
      ShortValues one = new ShortValues();
      Map<String, @Nullable Object> kept =
          one.object(Map.of("k".repeat(1000), value, "other", value));
      assertThat(kept.toString()).hasSizeLessThan(3 * ShortValues.MAX_ROW);
      assertThat(one.cut()).isTrue();
    }
  }
}
