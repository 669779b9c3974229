package io.mrq.mongo.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoClientSettings;
import io.mrq.job.JobValues;
import io.mrq.store.NotStorableException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.DocumentCodec;
import org.bson.types.BSONTimestamp;
import org.bson.types.Binary;
import org.bson.types.Code;
import org.bson.types.Decimal128;
import org.bson.types.MaxKey;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.bson.types.Symbol;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain values in BSON. */
class PlainBsonTest {
  private static final Instant DATE = Instant.parse("2026-01-05T12:00:00.123Z");

  @Test
  void plainValuesComeBackAsTheyWere() {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("text", "größer 🐘");
    values.put("int", 1);
    values.put("long", 1L << 40);
    values.put("double", 0.1);
    values.put("yes", true);
    values.put("nothing", null);
    values.put("date", DATE);
    values.put("list", Arrays.asList(1, null, List.of("a"), Map.of("b", 2L)));
    values.put("map", Map.of("inner", Map.of("list", List.of())));

    assertThat(roundTrip(values)).isEqualTo(values);
    assertThat((byte[]) roundTrip(Map.of("bytes", new byte[] {0, -1})).get("bytes"))
        .containsExactly(0, -1);
  }

  @Test
  void theDriverReadsThePlainTypes() {
    RawBsonDocument bytes =
        PlainBson.encode(
            Map.of("d", DATE, "i", 1, "l", 1L, "f", 1.0, "b", new byte[] {7}, "o", Set.of("x")));

    assertThat(new DocumentCodec().decode(bytes.asBsonReader(), decoding()))
        .containsEntry("d", Date.from(DATE))
        .containsEntry("i", 1)
        .containsEntry("l", 1L)
        .containsEntry("f", 1.0)
        .containsEntry("b", new Binary(new byte[] {7}))
        .containsEntry("o", List.of("x"));
  }

  @Test
  void everyForeignTypeReadsAsThePlainOneNearestToIt() {
    ObjectId id = new ObjectId();
    Document foreign =
        new Document("id", id)
            .append("decimal", new Decimal128(new BigDecimal("1.10")))
            .append("regex", Pattern.compile("a+"))
            .append("code", new Code("f()"))
            .append("symbol", new Symbol("s"))
            .append("stamp", new BSONTimestamp(60, 1))
            .append("min", new MinKey())
            .append("max", new MaxKey());

    assertThat(PlainBson.decode(encoded(foreign)))
        .containsEntry("id", id.toHexString())
        .containsEntry("decimal", "1.10")
        .containsEntry("regex", "/a+/")
        .containsEntry("code", "f()")
        .containsEntry("symbol", "s")
        .containsEntry("stamp", Instant.ofEpochSecond(60))
        .containsEntry("min", null)
        .containsEntry("max", null);
  }

  @Test
  void halfASurrogatePairIsReplacedSinceItHasNoUtf8() {
    assertThat(roundTrip(Map.of("a", "x\uD83D", "b", "\uDC18y", "c", "\uD83D\uDC18")))
        .containsEntry("a", "x\uFFFD")
        .containsEntry("b", "\uFFFDy")
        .containsEntry("c", "\uD83D\uDC18");
  }

  @Test
  void whatHasNoPlainTypeIsRefusedByItsPlace() {
    assertThatThrownBy(
            () -> PlainBson.encode(Map.of("a", List.of(Map.of("b", new BigDecimal("1"))))))
        .isInstanceOf(NotStorableException.class)
        .hasMessage("'a[0].b' has the type java.math.BigDecimal, which cannot be stored");
    assertThatThrownBy(() -> PlainBson.encode(Map.of("a", Instant.MAX)))
        .isInstanceOf(NotStorableException.class)
        .hasMessageContaining("which no document can hold");
    assertThatThrownBy(() -> PlainBson.encode(Map.of("a\0b", 1)))
        .isInstanceOf(NotStorableException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void sizesThatTheCoreComputesAreThoseOfTheBytes(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Map<String, @Nullable Object> values = randomMap(random, 0);

      assertThat(JobValues.check(values, "params"))
          .isEqualTo(PlainBson.encode(values).getByteBuffer().remaining());
    }
  }

  private static Map<String, @Nullable Object> randomMap(Random random, int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      map.put(
          randomText(random).replace('.', '_').replace('$', '_').replace('\0', '_'),
          randomValue(random, depth));
    }
    return map;
  }

  private static @Nullable Object randomValue(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 8 : 10)) {
      case 0 -> null;
      case 1 -> random.nextBoolean();
      case 2 -> random.nextInt();
      case 3 -> random.nextLong();
      case 4 -> random.nextDouble();
      case 5 -> DATE.plusMillis(random.nextInt());
      case 6 -> new byte[random.nextInt(50)];
      case 7 -> randomText(random);
      case 8 -> randomMap(random, depth + 1);
      default -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(120); i > 0; i--) {
          list.add(random.nextInt(10) == 0 ? randomValue(random, depth + 2) : i);
        }
        yield list;
      }
    };
  }

  private static String randomText(Random random) {
    return random
        .ints(random.nextInt(20), 0, Character.MAX_CODE_POINT + 1)
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 'x' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static Map<String, @Nullable Object> roundTrip(
      Map<String, ? extends @Nullable Object> values) {
    return PlainBson.decode(PlainBson.encode(values));
  }

  private static RawBsonDocument encoded(Document document) {
    return new RawBsonDocument(
        document, new DocumentCodec(MongoClientSettings.getDefaultCodecRegistry()));
  }

  private static DecoderContext decoding() {
    return DecoderContext.builder().build();
  }
}
