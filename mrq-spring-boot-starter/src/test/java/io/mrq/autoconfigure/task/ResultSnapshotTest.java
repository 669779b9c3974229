package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.mrq.job.JobValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** Whatever a task returns becomes a result. */
class ResultSnapshotTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ResultSnapshot snapshot = new ResultSnapshot(JSON);

  private @Nullable Object of(@Nullable Object result) {
    Object copy;
    try {
      copy = snapshot.of(result);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertThat(JobValues.checkResult(copy)).isNotNegative();
    return copy;
  }

  record Price(String id, BigDecimal net, float part, short count) {}

  enum Colour {
    RED
  }

  static Stream<Arguments> forms() {
    Instant date = Instant.parse("2026-01-05T12:00:00.123Z");
    return Stream.of(
        Arguments.of(1, 1),
        Arguments.of(1L << 40, 1L << 40),
        Arguments.of(0.1, 0.1),
        Arguments.of(Double.NaN, Double.NaN),
        Arguments.of("größer 🐘", "größer 🐘"),
        Arguments.of(true, true),
        Arguments.of(date, date),
        Arguments.of(new BigDecimal("9.90"), "9.90"),
        Arguments.of(new BigDecimal("1E+400"), "1E+400"),
        Arguments.of(
            new BigDecimal("0.1234567890123456789012345678901234567890"),
            "0.1234567890123456789012345678901234567890"),
        Arguments.of(new BigInteger("12345678901234567890"), "12345678901234567890"),
        Arguments.of(BigInteger.TEN, "10"),
        Arguments.of(0.1f, 0.1),
        Arguments.of((short) 3, 3),
        Arguments.of((byte) 4, 4),
        Arguments.of(new AtomicLong(5), 5L),
        Arguments.of(new AtomicInteger(6), 6),
        Arguments.of(new AtomicBoolean(true), true),
        Arguments.of('c', "c"),
        Arguments.of(Colour.RED, "RED"),
        Arguments.of(LocalDate.of(2026, 1, 5), "2026-01-05"),
        Arguments.of(new UUID(1, 2), "00000000-0000-0001-0000-000000000002"),
        Arguments.of(Optional.of(1), 1),
        Arguments.of(Optional.of(new BigDecimal("1.50")), "1.50"),
        Arguments.of(Set.of("x"), List.of("x")),
        Arguments.of(new int[] {1, 2}, List.of(1, 2)),
        Arguments.of(new Object[] {1, new BigDecimal("2.0")}, List.of(1, "2.0")),
        Arguments.of(Stream.of("a", "b"), List.of("a", "b")),
        Arguments.of(Map.of(1, "one"), Map.of("1", "one")),
        Arguments.of(Map.of(Colour.RED, 1), Map.of("RED", 1)),
        Arguments.of(Map.of(LocalDate.of(2026, 1, 5), 1), Map.of("2026-01-05", 1)),
        Arguments.of(Map.of("mail@example.org", 1), Map.of("mail@example.org", 1)),
        Arguments.of(Map.of("", 1), Map.of("", 1)),
        Arguments.of(
            Map.of("at", date, "net", new BigDecimal("9.90")), Map.of("at", date, "net", "9.90")),
        Arguments.of(
            new Price("a", new BigDecimal("9.90"), 0.5f, (short) 3),
            Map.of("id", "a", "net", "9.90", "part", 0.5, "count", 3)),
        Arguments.of(
            List.of(new Price("a", BigDecimal.ONE, 1f, (short) 1)),
            List.of(Map.of("id", "a", "net", "1", "part", 1.0, "count", 1))),
        Arguments.of(
            JsonNodeFactory.instance
                .objectNode()
                .put("i", 1)
                .put("d", new BigDecimal("1.10"))
                .put("b", new BigInteger("12345678901234567890")),
            Map.of("i", 1, "d", "1.10", "b", "12345678901234567890")));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void everyDigitAndKeyIsKept(Object result, Object stored) {
    assertThat(of(result)).isEqualTo(stored);
    assertThat(snapshot.notes()).isEmpty();
  }

  @Test
  void noResultIsNone() {
    assertThat(of(null)).isNull();
    assertThat(of(Optional.empty())).isNull();
  }

  @Test
  void keysThatNoDocumentHoldsAreKeptReadableWithANote() {
    Map<@Nullable String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("$set", 1);
    result.put(null, 2);
    result.put("a\0b", 3);

    assertThat(of(result)).isEqualTo(Map.of("＄set", 1, "null", 2, "a\uFFFDb", 3));
    assertThat(snapshot.notes())
        .hasSize(3)
        .anyMatch(note -> note.contains("'$set'") && note.contains("'＄set'"));
  }

  @Test
  void twoKeysThatReadAlikeAreBothKept() {
    Map<Object, Object> result = new LinkedHashMap<>();
    result.put(1, "number");
    result.put("1", "text");

    assertThat(of(result)).isEqualTo(Map.of("1", "number", "1′", "text"));
    assertThat(snapshot.notes()).hasSize(1);
  }

  @Test
  void halfASurrogatePairIsReplacedWithANote() {
    assertThat(of(List.of("a\ud800b", "c\udc00", "\uD83D\uDC18")))
        .isEqualTo(List.of("a\uFFFDb", "c\uFFFD", "\uD83D\uDC18"));
    assertThat(snapshot.notes()).hasSize(2).first().asString().contains("'result[0]'");
  }

  @Test
  void aDateThatNoDocumentHoldsIsText() {
    assertThat(of(Map.of("at", Instant.MAX))).isEqualTo(Map.of("at", Instant.MAX.toString()));
    assertThat(snapshot.notes()).first().asString().contains("'result.at'");
  }

  static class Unwritable {
    public String getName() {
      throw new IllegalStateException("not now");
    }

    @JsonIgnore
    @Override
    public String toString() {
      return "unwritable 7";
    }
  }

  @Test
  void whatJacksonCannotWriteIsTextWithANote() {
    assertThat(of(Map.of("a", List.of(new Unwritable(), 1))))
        .isEqualTo(Map.of("a", List.of("unwritable 7", 1)));
    assertThat(snapshot.notes()).hasSize(1).first().asString().contains("'result.a[0]'");
  }

  static class Hopeless {
    public String getName() {
      throw new IllegalStateException("not now");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("nor so");
    }
  }

  @Test
  void whatCannotEvenSayWhatItIsIsNamedByItsClass() {
    assertThat(of(new Hopeless())).isEqualTo("a " + Hopeless.class.getName());
  }

  @Test
  void aValueThatHoldsItselfEndsInText() {
    List<@Nullable Object> loop = new ArrayList<>();
    loop.add(1);
    loop.add(loop);

    assertThat(of(loop)).isEqualTo(List.of(1, "contains itself"));
    assertThat(snapshot.notes()).hasSize(1).first().asString().contains("'result[1]'");
  }

  @Test
  @Timeout(60)
  void aTreeWhoseNodesKnowTheirParentIsCopiedOnce() {
    List<Object> children = new ArrayList<>();
    Map<String, Object> root = Map.of("children", children);
    for (int i = 0; i < 20; i++) {
      children.add(Map.of("n", i, "parent", root));
    }

    assertThat(of(root))
        .isEqualTo(
            Map.of(
                "children",
                IntStream.range(0, 20)
                    .mapToObj(i -> Map.of("n", i, "parent", "contains itself"))
                    .toList()));
  }

  @Test
  void whatIsMetTwiceButDoesNotContainItselfIsCopiedTwice() {
    List<Integer> shared = List.of(1);

    assertThat(of(List.of(shared, shared))).isEqualTo(List.of(List.of(1), List.of(1)));
    assertThat(snapshot.notes()).isEmpty();
  }

  /** As a list it has a trillion values and more, and as text too. */
  private static List<Object> doubled(int levels) {
    List<Object> list = new ArrayList<>(List.of(1));
    for (int i = 0; i < levels; i++) {
      list = new ArrayList<>(List.of(list, list));
    }
    return list;
  }

  @Test
  @Timeout(60)
  void aCopyEndsWhereTheLargestResultDoes() {
    assertThat(of(doubled(40))).asString().contains("or more, but at most 15,663,104");
  }

  @Test
  @Timeout(60)
  void aListWithoutEndIsNeitherCopiedNorGivenRoom() {
    assertThat(of(Collections.nCopies(Integer.MAX_VALUE, 1)))
        .asString()
        .contains("or more, but at most 15,663,104");
  }

  @Test
  @Timeout(60)
  void whatIsTooDeepIsNotAskedForItsText() {
    List<Object> deep = doubled(40);
    for (int i = 0; i < JobValues.MAX_DEPTH; i++) {
      deep = new ArrayList<>(List.of(deep));
    }

    assertThat(of(deep)).isInstanceOf(List.class);
    assertThat(snapshot.notes()).hasSize(1).first().asString().contains("deeper than 80 levels");
  }

  @Test
  void anInterruptEndsTheCopyOfALargeResult() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> snapshot.of(Collections.nCopies(100_000, 1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anInterruptThatTheTaskLeftBehindCostsASmallResultNothing() {
    Thread.currentThread().interrupt();

    assertThat(of(List.of(1, 2))).isEqualTo(List.of(1, 2));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aCopyIsMadeOfWhatChangesAfterwards() {
    List<Object> inner = new ArrayList<>(List.of(1));
    Map<String, Object> result = new LinkedHashMap<>(Map.of("list", inner));
    byte[] bytes = {1};
    result.put("bytes", bytes);
    Object copy = of(result);

    inner.add(2);
    result.put("more", 3);
    bytes[0] = 2;

    assertThat(copy)
        .isInstanceOfSatisfying(
            Map.class,
            map -> {
              assertThat(map.get("list")).isEqualTo(List.of(1));
              assertThat((byte[]) map.get("bytes")).containsExactly(1);
              assertThat(map.containsKey("more")).isFalse();
            });
  }

  /** Stands for a list to which another thread writes while it is read. */
  private static List<Integer> failingToRead(int times) {
    AtomicInteger reads = new AtomicInteger();
    return new AbstractList<>() {
      @Override
      public Integer get(int index) {
        return index;
      }

      @Override
      public int size() {
        return 3;
      }

      @Override
      public Iterator<Integer> iterator() {
        if (reads.getAndIncrement() < times) {
          throw new ConcurrentModificationException();
        }
        return Arrays.asList(0, 1, 2).iterator();
      }

      @Override
      public String toString() {
        return "a busy list";
      }
    };
  }

  @Test
  void aListThatAnotherThreadChangesIsReadAgain() {
    assertThat(of(List.of(failingToRead(2)))).isEqualTo(List.of(List.of(0, 1, 2)));
    assertThat(snapshot.notes()).isEmpty();
  }

  @Test
  void aListThatCannotBeReadIsText() {
    assertThat(of(List.of(failingToRead(99), 1))).isEqualTo(List.of("a busy list", 1));
    assertThat(snapshot.notes()).first().asString().contains("ConcurrentModificationException");
  }

  @Test
  void aResultThatIsTooLargeIsReplacedByANote() {
    assertThat(of(Collections.singletonMap("a", new byte[16 * 1024 * 1024])))
        .asString()
        .contains("but at most 15,663,104 can be stored");
    assertThat(snapshot.notes()).hasSize(1);
  }

  @Test
  void aDurationIsWhatJacksonMakesOfIt() {
    Duration wait = Duration.of(90, TimeUnit.SECONDS.toChronoUnit());
    assertThat(of(wait)).isEqualTo(JSON.convertValue(wait, Object.class));
  }
}
