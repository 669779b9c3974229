package io.mrq.autoconfigure;

import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobOffers;
import io.mrq.mongo.MongoStores;
import io.mrq.redis.RedisDispatchIndex;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The stores on MongoDB and the dispatch index on Redis. Neither has to be there at the start. */
@AutoConfiguration(after = {DataMongoAutoConfiguration.class, DataRedisAutoConfiguration.class})
@EnableConfigurationProperties(MrqProperties.class)
public final class MrqStoresAutoConfiguration {
  private static final Duration REDIS_TIMEOUT = Duration.ofMillis(500);
  private static final Duration STORE_TIMEOUT = Duration.ofSeconds(10);
  private static final int SELECTION_MILLIS = 3000;

  /** A store that is away is said so after 3 s, not 30 s. */
  @Bean
  MongoClientSettingsBuilderCustomizer mrqMongoTimeouts() {
    return settings ->
        settings.applyToClusterSettings(
            cluster -> cluster.serverSelectionTimeout(SELECTION_MILLIS, TimeUnit.MILLISECONDS));
  }

  /**
   * Commands to Redis end within half a second, and are refused at once while it is away (protocol
   * §3).
   */
  @Bean
  LettuceClientConfigurationBuilderCustomizer mrqRedisTimeouts() {
    return client ->
        client
            .commandTimeout(REDIS_TIMEOUT)
            .clientOptions(
                ClientOptions.builder()
                    .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                    .socketOptions(SocketOptions.builder().connectTimeout(REDIS_TIMEOUT).build())
                    .timeoutOptions(TimeoutOptions.enabled())
                    .build());
  }

  /** A Redis that comes back is found within a second. */
  @Bean
  ClientResourcesBuilderCustomizer mrqRedisReconnects() {
    return (ClientResources.Builder resources) ->
        resources.reconnectDelay(
            Delay.exponential(
                Duration.ofMillis(50), Duration.ofSeconds(1), 2, TimeUnit.MILLISECONDS));
  }

  @Bean
  @ConditionalOnMissingBean
  MongoStores mrqStores(
      MongoClient client,
      MongoDatabaseFactory factory,
      Environment environment,
      MrqProperties properties) {
    return MongoStores.of(
        client.getDatabase(database(factory, environment)),
        STORE_TIMEOUT,
        properties.worker().logs().size().toBytes());
  }

  @Bean
  HeartbeatStore mrqHeartbeatStore(
      MongoClientSettings settings,
      ObjectProvider<MongoClientSettingsBuilderCustomizer> customizers,
      MongoDatabaseFactory factory,
      Environment environment) {
    return HeartbeatStore.of(
        settings,
        customizers.orderedStream().toList(),
        database(factory, environment),
        STORE_TIMEOUT);
  }

  /** Boot's own default is "test"; Python MRQ's, and so ours, is "mrq". */
  private static String database(MongoDatabaseFactory factory, Environment environment) {
    String configured = factory.getMongoDatabase().getName();
    boolean chosen =
        !configured.equals("test") || environment.containsProperty("spring.mongodb.database");
    return chosen ? configured : "mrq";
  }

  @Bean
  @ConditionalOnMissingBean(DispatchIndex.class)
  RedisDispatchIndex mrqDispatchIndex(LettuceConnectionFactory factory, MrqProperties properties) {
    return new RedisDispatchIndex(
        factory, properties.redis().prefix(), properties.dispatch().maxReady());
  }

  @Bean(destroyMethod = "flush")
  @ConditionalOnMissingBean
  JobOffers mrqJobOffers(DispatchIndex index) {
    return new JobOffers(index, Thread::startVirtualThread);
  }

  @Bean
  IndexEnsurer mrqIndexEnsurer(MongoStores stores) {
    return new IndexEnsurer(stores.indexes());
  }
}
