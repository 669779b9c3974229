package io.mrq.autoconfigure.store;

import com.mongodb.client.MongoClient;
import io.mrq.autoconfigure.MrqProperties;
import io.mrq.autoconfigure.bean.BeanChoice;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.mongo.MongoStores;
import io.mrq.redis.RedisDispatchIndex;
import io.mrq.worker.WorkerStore;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * The stores on MongoDB and the dispatch index on Redis. Neither has to be there at the start. The
 * clients of the application say where they are, and keep their own settings.
 */
@Configuration(proxyBeanMethods = false)
@Import(StoreBeans.class)
public class StoreConfiguration {
  /** The name of the bean that stores jobs, unless the application has one of its own. */
  public static final String JOBS = StoreBeans.JOBS;

  @Bean
  @Lazy
  MongoAccess mrqMongoAccess(
      ListableBeanFactory beans,
      ObjectProvider<MongoDatabaseFactory> factories,
      Environment environment,
      MrqProperties properties) {
    MrqProperties.Mongo mongo = properties.mongo();
    MongoDatabaseFactory factory = factories.getIfUnique();
    String database =
        mongo.database().isEmpty() ? database(factory, environment) : mongo.database();
    // With AbstractMongoClientConfiguration the client itself is not a bean, only the factory is.
    if (factory != null && beans.getBeanNamesForType(MongoClient.class).length == 0) {
      return MongoAccess.of(factory, database);
    }
    return MongoAccess.of(
        BeanChoice.of(beans, MongoClient.class, mongo.client(), "mrq.mongo.client"), database);
  }

  /** The default of Spring Boot is "test"; that of Python MRQ, and so of this MRQ, is "mrq". */
  private static String database(@Nullable MongoDatabaseFactory factory, Environment environment) {
    String configured = factory == null ? "test" : factory.getMongoDatabase().getName();
    boolean chosen =
        !configured.equals("test")
            || environment.containsProperty("spring.mongodb.database")
            || environment.containsProperty("spring.mongodb.uri");
    return chosen ? configured : "mrq";
  }

  /**
   * MRQ's own stores. When this configuration is there, {@link MongoAccess} leads to the jobs; the
   * name of a bean could not tell that.
   */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingBean(MongoStores.class)
  public static class DefaultStores {
    @Bean
    @Lazy
    MongoStores mrqStores(MongoAccess access, MrqProperties properties) {
      return MongoStores.of(
          access.database(),
          properties.mongo().timeout(),
          properties.worker().logs().size().toBytes());
    }
  }

  /** Heartbeats go to the application's own stores or worker store, when it has one. */
  @Bean
  @Lazy
  HeartbeatStore mrqHeartbeatStore(
      ListableBeanFactory beans,
      WorkerStore workers,
      ObjectProvider<DefaultStores> defaults,
      ObjectProvider<MongoStores> stores,
      ObjectProvider<MongoAccess> access) {
    boolean ours =
        defaults.getIfAvailable() != null
            && beans.containsBean(StoreBeans.WORKERS)
            && stores.getObject().workers() == workers;
    return ours ? HeartbeatStore.of(access.getObject()) : HeartbeatStore.sharing(workers);
  }

  @Bean
  @ConditionalOnMissingBean
  DispatchIndex mrqDispatchIndex(ListableBeanFactory beans, MrqProperties properties) {
    MrqProperties.Redis redis = properties.redis();
    LettuceConnectionFactory factory =
        BeanChoice.of(
            beans,
            LettuceConnectionFactory.class,
            redis.connectionFactory(),
            "mrq.redis.connection-factory");
    return new RedisDispatchIndex(factory, redis.prefix(), properties.dispatch().maxReady());
  }

  @Bean(destroyMethod = "flush")
  @ConditionalOnMissingBean
  JobDispatcher mrqJobDispatcher(DispatchIndex index) {
    return new JobDispatcher(index, Thread::startVirtualThread);
  }

  @Bean
  @ConditionalOnBean(name = JOBS)
  @ConditionalOnProperty(name = "mrq.mongo.indexes", havingValue = "create", matchIfMissing = true)
  IndexEnsurer mrqIndexEnsurer(MongoStores stores, MrqProperties properties) {
    return new IndexEnsurer(stores.indexes(), properties.mongo().pythonIndexes());
  }
}
