package io.mrq.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.embedded.EmbeddedRedisOptions;
import io.mrq.redis.RedisDispatchIndex;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class TimedStoresTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void whatRedisRefusesIsNotCountedAsUnavailable() {
    MeterRegistry registry = new SimpleMeterRegistry();
    StaticListableBeanFactory beans = new StaticListableBeanFactory();
    beans.addBean("registry", registry);
    TimedStores timing = new TimedStores(beans.getBeanProvider(MeterRegistry.class));
    try (EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.inMemory());
        RedisClient client = RedisClient.create("redis://127.0.0.1:" + redis.port());
        StatefulRedisConnection<String, String> connection = client.connect();
        RedisDispatchIndex own =
            new RedisDispatchIndex(
                new LettuceConnectionFactory("127.0.0.1", redis.port()), "mrq", 1000)) {
      connection.sync().set("mrq:{odd}:ready", "not a sorted set");
      DispatchIndex index = (DispatchIndex) timing.postProcessAfterInitialization(own, "index");
      await().atMost(SOON).ignoreExceptions().until(() -> index.take("sound", 1).isEmpty());

      assertThatThrownBy(() -> index.take("odd", 1)).isInstanceOf(DispatchRefusedException.class);

      assertThat(
              registry
                  .get("mrq.store.operation.duration")
                  .tags("store", "redis", "operation", "take", "outcome", "refused")
                  .timer()
                  .count())
          .isOne();
    }
  }
}
