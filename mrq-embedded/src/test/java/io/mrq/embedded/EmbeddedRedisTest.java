package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {

  @TempDir Path dir;

  @Test
  void keeps_data_over_an_orderly_restart() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(dir))) {
      assertThat(with(redis, c -> c.set("k", "v"))).isEqualTo("OK");
    }
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(dir))) {
      assertThat(with(redis, c -> c.get("k"))).isEqualTo("v");
    }
  }

  @Test
  void comes_back_on_the_same_port_when_it_is_killed() {
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.in(dir))) {
      long first = redis.pid();
      with(redis, c -> c.set("k", "v"));
      ProcessHandle.of(first).orElseThrow().destroyForcibly();
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(redis.pid()).isNotEqualTo(first));
      assertThat(with(redis, c -> c.get("k"))).isEqualTo("v");
    }
  }

  static @Nullable String with(
      EmbeddedRedis redis, Function<RedisCommands<String, String>, @Nullable String> work) {
    try (RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()))) {
      return work.apply(client.connect().sync());
    }
  }
}
