package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectIdsTest {
  @Test
  void anIdStartsWithTheSecondsOfItsMaking() {
    long before = Instant.now().getEpochSecond();
    String id = ObjectIds.next();
    long after = Instant.now().getEpochSecond();

    assertThat(Long.parseLong(id.substring(0, 8), 16))
        .as("behaviours §5.1: Python reads the date from here")
        .isBetween(before, after);
  }

  @Test
  void theMiddleIsTheProcessAndTheEndCounts() {
    String first = ObjectIds.next();
    String second = ObjectIds.next();

    assertThat(second.substring(8, 18)).isEqualTo(first.substring(8, 18));
    int step = counter(second) - counter(first);
    assertThat(Math.floorMod(step, 1 << 24)).isEqualTo(1);
  }

  private static int counter(String id) {
    return Integer.parseInt(id.substring(18), 16);
  }

  @Test
  void idsOfManyThreadsAreAllDifferentAndWellFormed() {
    Set<String> ids = ConcurrentHashMap.newKeySet();

    IntStream.range(0, 200_000).parallel().forEach(_ -> ids.add(ObjectIds.next()));

    assertThat(ids).hasSize(200_000).allMatch(id -> id.matches("[0-9a-f]{24}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcdef0123456",
        "0123456789abcdef012345678",
        "0123456789ABCDEF01234567",
        "0123456789abcdef0123456g",
        " 123456789abcdef01234567"
      })
  void otherTextsAreNoIds(String text) {
    assertThatThrownBy(() -> new JobId(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("24 lower-case hex digits");
    assertThatThrownBy(() -> new WorkerId(text)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ClaimToken(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idsSortAsTheirTextAndShowIt() {
    JobId small = new JobId("000000000000000000000009");
    JobId large = new JobId("00000000000000000000000a");

    assertThat(small).isLessThan(large);
    assertThat(large).hasToString("00000000000000000000000a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000000000000000000000000",
        "6ab1c2d3e4f5061728394a5b",
        "7fffffffffffffff80000000",
        "ffffffffffffffffffffffff"
      })
  void anIdOfItsBytesIsTheIdOfItsText(String text) {
    JobId id = new JobId(text);
    JobId same = new JobId(id.head(), id.tail());

    assertThat(same).isEqualTo(id).hasSameHashCodeAs(id).isEqualByComparingTo(id);
    assertThat(same.hex()).isEqualTo(text);
    assertThat((Object) new WorkerId(text)).isNotEqualTo(id).hasToString(text);
    assertThat(new ClaimToken(id.head(), id.tail())).isEqualTo(new ClaimToken(text));
  }

  @Test
  void idsSortAsUnsignedNumbers() {
    assertThat(new JobId("800000000000000000000000"))
        .isGreaterThan(new JobId("7fffffffffffffffffffffff"));
    assertThat(new JobId("000000000000000080000000"))
        .isGreaterThan(new JobId("00000000000000007fffffff"));
  }
}
