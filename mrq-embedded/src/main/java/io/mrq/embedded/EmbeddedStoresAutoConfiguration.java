package io.mrq.embedded;

import com.mongodb.ConnectionString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Gives Boot the addresses of embedded stores, each only where nothing else gives one: no
 * connection details of Testcontainers or Docker Compose, and no address in the properties.
 */
@AutoConfiguration(
    afterName =
        "org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration",
    before = {MongoAutoConfiguration.class, DataRedisAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "mrq.embedded.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EmbeddedStoresProperties.class)
public final class EmbeddedStoresAutoConfiguration {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedStoresAutoConfiguration.class);

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(MongoConnectionDetails.class)
  @Conditional(NoMongoAddress.class)
  static class MongoStore {

    @Bean(destroyMethod = "close")
    EmbeddedMongo embeddedMongo(EmbeddedStoresProperties properties) {
      EmbeddedMongo mongo =
          EmbeddedMongo.open(
              EmbeddedMongoOptions.in(properties.dataDir())
                  .withPort(properties.mongo().port())
                  .withFsync(properties.fsync()));
      log.info("Embedded MongoDB store: {}, data in {}", mongo.uri(), mongo.file());
      return mongo;
    }

    @Bean
    MongoConnectionDetails embeddedMongoConnectionDetails(
        EmbeddedMongo mongo, Environment environment) {
      String database = environment.getProperty("spring.mongodb.database", EmbeddedMongo.DATABASE);
      String uri = "mongodb://127.0.0.1:" + mongo.port() + "/" + database;
      return () -> new ConnectionString(uri);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class StoreHealth {

      /** The answer to a ping does not tell that the store below cannot write. */
      @Bean
      HealthIndicator embeddedMongoHealthIndicator(EmbeddedMongo mongo) {
        return () -> {
          Throwable failure = mongo.failure();
          return failure == null ? Health.up().build() : Health.down(failure).build();
        };
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(DataRedisConnectionDetails.class)
  @Conditional(NoRedisAddress.class)
  static class RedisStore {

    @Bean(destroyMethod = "close")
    EmbeddedRedis embeddedRedis(EmbeddedStoresProperties properties) {
      EmbeddedRedis redis =
          EmbeddedRedis.start(
              EmbeddedRedisOptions.in(properties.dataDir())
                  .withPort(properties.redis().port())
                  .withProgram(properties.redis().program())
                  .withFsync(properties.fsync()));
      log.info("Embedded Redis: redis://127.0.0.1:{}, data in {}", redis.port(), redis.folder());
      return redis;
    }

    @Bean
    DataRedisConnectionDetails embeddedRedisConnectionDetails(EmbeddedRedis redis) {
      return new DataRedisConnectionDetails() {
        @Override
        public Standalone getStandalone() {
          return Standalone.of("127.0.0.1", redis.port());
        }
      };
    }
  }
}
