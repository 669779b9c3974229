package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class PlainNumbersTest {
  @Test
  void everyTypeHasOneFormThatKeepsItsDigits() {
    assertThat(PlainNumbers.of(7)).isEqualTo(7);
    assertThat(PlainNumbers.of((short) 7)).isEqualTo(7);
    assertThat(PlainNumbers.of((byte) 7)).isEqualTo(7);
    assertThat(PlainNumbers.of(7L)).isEqualTo(7L);
    assertThat(PlainNumbers.of(new AtomicLong(7))).isEqualTo(7L);
    assertThat(PlainNumbers.of(0.1f)).isEqualTo(0.1);
    assertThat(PlainNumbers.of(Float.NaN)).isEqualTo(Double.NaN);
    assertThat(PlainNumbers.of(new BigDecimal("9.90"))).isEqualTo("9.90");
    assertThat(PlainNumbers.of(BigInteger.TWO.pow(70))).isEqualTo("1180591620717411303424");
    assertThat(PlainNumbers.of(new LongAdder())).as("not known").isNull();
  }

  @Test
  void numbersInMapsAndListsAreConvertedAndAllElseStays() {
    Object stranger = new Object();

    assertThat(
            PlainNumbers.in(
                Map.of(
                    "a", List.of(new BigDecimal("1.10"), Map.of("b", (short) 2)), "c", stranger)))
        .isEqualTo(Map.of("a", List.of("1.10", Map.of("b", 2)), "c", stranger));
    assertThat(PlainNumbers.in(Collections.singletonMap("n", null))).containsEntry("n", null);
  }
}
