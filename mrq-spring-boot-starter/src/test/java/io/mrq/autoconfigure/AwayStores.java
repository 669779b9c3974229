package io.mrq.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;

/** An application whose stores are away, since nothing may wait for them at the start. */
final class AwayStores {
  private AwayStores() {}

  static ApplicationContextRunner application() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                MongoAutoConfiguration.class,
                DataMongoAutoConfiguration.class,
                DataRedisAutoConfiguration.class,
                JacksonAutoConfiguration.class,
                ValidationAutoConfiguration.class,
                MrqStoresAutoConfiguration.class,
                MrqClientAutoConfiguration.class,
                MrqObservabilityAutoConfiguration.class,
                MrqWorkerAutoConfiguration.class,
                MrqSchedulerAutoConfiguration.class))
        .withPropertyValues(
            "spring.mongodb.uri=mongodb://127.0.0.1:1/mrq", "spring.data.redis.port=1");
  }
}
