package io.mrq.benchmarks.worker;

import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lets an application of the bench count the commands that it sends. */
@Configuration(proxyBeanMethods = false)
public class CommandCounting {
  @Bean
  CommandCounter mrqBenchCommands() {
    return new CommandCounter();
  }

  @Bean
  MongoClientSettingsBuilderCustomizer mrqBenchMongoCommands(CommandCounter counter) {
    return settings -> settings.addCommandListener(counter);
  }

  @Bean
  ClientResourcesBuilderCustomizer mrqBenchRedisCommands(CommandCounter counter) {
    return resources -> resources.commandLatencyRecorder(counter);
  }
}
