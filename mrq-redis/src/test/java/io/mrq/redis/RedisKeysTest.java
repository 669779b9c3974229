package io.mrq.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocol §1 and §3: names of keys, and one cluster slot for all keys of a queue. */
class RedisKeysTest {
  private final RedisKeys keys = new RedisKeys("mrq");

  // MIX-16
  @Test
  void theQueueOrTheWorkerStandsInLiteralBraces() {
    assertThat(keys.ready("default")).isEqualTo("mrq:{default}:ready");
    assertThat(keys.idle("mails/eu")).isEqualTo("mrq:{mails/eu}:idle");
    assertThat(keys.wake("0123456789abcdef01234567"))
        .isEqualTo("mrq:wake:{0123456789abcdef01234567}");
    assertThat(new RedisKeys("a:b").ready("q")).isEqualTo("a:b:{q}:ready");
  }

  @Test
  void bracesPercentSignsAndControlCharactersAreEncoded() {
    assertThat(keys.ready("a{b}c%d")).isEqualTo("mrq:{a%7Bb%7Dc%25d}:ready");
    assertThat(keys.ready("a\nb\u007f\u0085\0")).isEqualTo("mrq:{a%0Ab%7F%85%00}:ready");
    assertThat(keys.ready("Größe 🌍*?[x]")).isEqualTo("mrq:{Größe 🌍*?[x]}:ready");
    assertThat(keys.ready("")).isEqualTo("mrq:{%}:ready");
  }

  // MIX-16
  @Test
  void differentQueuesHaveDifferentKeys() {
    List<String> queues = List.of("", "%", "%25", "{", "%7B", "}", "a", "A", "a%", "\u0085", "%85");

    Set<String> names = queues.stream().map(keys::ready).collect(Collectors.toSet());

    assertThat(names).hasSameSizeAs(queues);
  }

  @ParameterizedTest
  @ValueSource(strings = {"default", "", "{", "}", "}{", "{}", "{tag}x", "a}b", "%", "line\nbreak"})
  void allKeysOfAQueueShareOneSlot(String queue) {
    assertThat(SlotHash.getSlot(keys.ready(queue))).isEqualTo(SlotHash.getSlot(keys.idle(queue)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a{", "}", "a\nb"})
  void aPrefixThatWouldSpoilTheSlotsIsRefused(String prefix) {
    assertThatThrownBy(() -> RedisDispatchSettings.DEFAULT.withPrefix(prefix))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Redis prefix");
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    assertThatThrownBy(() -> RedisDispatchSettings.DEFAULT.withMaxReady(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() ->
            new RedisDispatchSettings(
                "mrq", 1, Duration.ZERO, Duration.ofSeconds(1), 1, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
