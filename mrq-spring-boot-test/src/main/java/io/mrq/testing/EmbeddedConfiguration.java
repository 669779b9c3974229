package io.mrq.testing;

import io.mrq.autoconfigure.store.MongoAccess;
import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.embedded.EmbeddedStoresAutoConfiguration;
import io.mrq.mongo.MongoStores;
import io.mrq.schedule.ScheduleStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * The stores of {@code mrq-embedded}, and never those of somebody else, which tests would clear.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = MrqContextCustomizer.STORES, havingValue = "embedded")
@ImportAutoConfiguration({
  EmbeddedStoresAutoConfiguration.class,
  MongoAutoConfiguration.class,
  DataMongoAutoConfiguration.class,
  DataRedisAutoConfiguration.class
})
class EmbeddedConfiguration {
  @Bean
  EmbeddedStoresOfTest mrqTestStores(
      ObjectProvider<EmbeddedMongo> mongo,
      ObjectProvider<EmbeddedRedis> redis,
      ObjectProvider<MongoAccess> access,
      ObjectProvider<RedisConnectionFactory> connections) {
    if (mongo.getIfAvailable() == null || redis.getIfAvailable() == null) {
      throw new IllegalStateException(
          "The test asks for embedded stores, but its properties or connection details lead to"
              + " other ones, which the test would clear. Leave the addresses of MongoDB"
              + " (spring.mongodb.*) and Redis (spring.data.redis.*) out of the properties of tests,"
              + " for example by a profile.");
    }
    return new EmbeddedStoresOfTest(access.getObject(), connections.getObject());
  }

  /** A document tells the time of its store; in a test that is the clock of the test. */
  @Bean
  ScheduleStore mrqTestScheduleStore(MongoStores stores, TestClock clock) {
    return new ScheduleStoreOnClock(stores.schedules(), clock);
  }
}
