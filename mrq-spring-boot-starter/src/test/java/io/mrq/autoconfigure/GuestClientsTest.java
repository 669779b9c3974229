package io.mrq.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.mrq.autoconfigure.store.HeartbeatStore;
import io.mrq.autoconfigure.store.MongoAccess;
import io.mrq.task.TaskRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientConfigurationBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.data.mongodb.config.AbstractMongoClientConfiguration;
import org.springframework.data.redis.connection.RedisStaticMasterReplicaConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Applications with clients of MongoDB and Redis, and settings, of their own; stores are away. */
class GuestClientsTest {
  private final ApplicationContextRunner bare = AwayStores.application();

  private final ApplicationContextRunner application =
      bare.withBean(MeterRegistry.class, SimpleMeterRegistry::new);

  @Configuration(proxyBeanMethods = false)
  static class OwnSettings {
    @Bean
    LettuceClientConfigurationBuilderCustomizer patient() {
      return client -> client.commandTimeout(Duration.ofSeconds(9));
    }

    @Bean
    LettuceClientOptionsBuilderCustomizer queueing() {
      return options ->
          options.requestQueueSize(1234).disconnectedBehavior(DisconnectedBehavior.ACCEPT_COMMANDS);
    }

    @Bean
    MongoClientSettingsBuilderCustomizer selection() {
      return settings ->
          settings.applyToClusterSettings(c -> c.serverSelectionTimeout(25, TimeUnit.SECONDS));
    }
  }

  @Test
  void theApplicationsClientsKeepItsSettings() {
    application
        .withUserConfiguration(OwnSettings.class)
        .withPropertyValues("spring.data.redis.connect-timeout=4s")
        .run(context -> {
          var client = context.getBean(LettuceConnectionFactory.class).getClientConfiguration();
          var options = client.getClientOptions().orElseThrow();
          assertThat(client.getCommandTimeout()).isEqualTo(Duration.ofSeconds(9));
          assertThat(options.getRequestQueueSize()).isEqualTo(1234);
          assertThat(options.getDisconnectedBehavior())
              .isEqualTo(DisconnectedBehavior.ACCEPT_COMMANDS);
          assertThat(options.getSocketOptions().getConnectTimeout())
              .isEqualTo(Duration.ofSeconds(4));
          assertThat(selectionMillis(context)).isEqualTo(25_000);
        });
  }

  @Test
  void withoutSettingsOfTheApplicationBootsDefaultsStay() {
    application.run(context -> {
      assertThat(context.getBean(LettuceConnectionFactory.class).getTimeout()).isEqualTo(60_000);
      assertThat(selectionMillis(context)).isEqualTo(30_000);
    });
  }

  private static long selectionMillis(ApplicationContext context) {
    return context
        .getBean(MongoClient.class)
        .getClusterDescription()
        .getClusterSettings()
        .getServerSelectionTimeout(TimeUnit.MILLISECONDS);
  }

  @Test
  void aClusterOfRedisKeepsItsRefresh() {
    application
        .withPropertyValues(
            "spring.data.redis.cluster.nodes=127.0.0.1:1",
            "spring.data.redis.lettuce.cluster.refresh.period=7s")
        .run(context ->
            assertThat(
                    context
                        .getBean(LettuceConnectionFactory.class)
                        .getClientConfiguration()
                        .getClientOptions()
                        .orElseThrow())
                .isInstanceOfSatisfying(
                    ClusterClientOptions.class,
                    options ->
                        assertThat(options.getTopologyRefreshOptions().getRefreshPeriod())
                            .isEqualTo(Duration.ofSeconds(7))));
  }

  @Test
  void aListOfMasterAndReplicasIsRefusedAtTheStart() {
    application
        .withBean(
            LettuceConnectionFactory.class,
            () -> {
              var nodes = new RedisStaticMasterReplicaConfiguration("127.0.0.1", 1);
              nodes.addNode("127.0.0.1", 2);
              return new LettuceConnectionFactory(nodes);
            })
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("master and its replicas"));
  }

  private static MongoClient mongo(int port) {
    return MongoClients.create("mongodb://127.0.0.1:" + port);
  }

  private static int portOf(MongoClient client) {
    return client.getClusterDescription().getClusterSettings().getHosts().getFirst().getPort();
  }

  // CTX-06
  @Test
  void ofSeveralMongoClientsAPropertyChooses() {
    ApplicationContextRunner two =
        application
            .withBean("orders", MongoClient.class, () -> mongo(2))
            .withBean("reports", MongoClient.class, () -> mongo(3));
    two.run(context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining("[orders, reports]")
            .hasMessageContaining("set mrq.mongo.client to the name"));
    two.withPropertyValues("mrq.mongo.client=none")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("no bean of type MongoClient with that name"));
    two.withPropertyValues("mrq.mongo.client=reports", "mrq.mongo.database=jobs")
        .run(context -> {
          MongoAccess access = context.getBean(MongoAccess.class);
          assertThat(access.settings().orElseThrow().getClusterSettings().getHosts())
              .containsExactly(new ServerAddress("127.0.0.1", 3));
          assertThat(access.database().getName()).isEqualTo("jobs");
          MongoClient beats = context.getBean(HeartbeatStore.class).client();
          assertThat(portOf(Objects.requireNonNull(beats))).isEqualTo(3);
        });
  }

  @Test
  void ofSeveralRedisConnectionsAPropertyChooses() {
    ApplicationContextRunner two =
        application
            .withBean(
                "cache",
                LettuceConnectionFactory.class,
                () -> new LettuceConnectionFactory("127.0.0.1", 1))
            .withBean(
                "sessions",
                LettuceConnectionFactory.class,
                () -> new LettuceConnectionFactory("127.0.0.1", 2));
    two.run(context ->
        assertThat(context)
            .getFailure()
            .rootCause()
            .hasMessageContaining("set mrq.redis.connection-factory to the name"));
    two.withPropertyValues("mrq.redis.connection-factory=cache")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Configuration(proxyBeanMethods = false)
  static class ByHand extends AbstractMongoClientConfiguration {
    @Override
    protected String getDatabaseName() {
      return "own";
    }

    @Override
    public MongoClient mongoClient() {
      return mongo(2);
    }
  }

  @Test
  void aMongoClientThatIsNoBeanIsUsedThroughItsFactory() {
    application
        .withUserConfiguration(ByHand.class)
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(MongoAccess.class).database().getName()).isEqualTo("own");
          assertThat(context.getBean(HeartbeatStore.class).client()).isNull();
        });
  }

  @Test
  void beatsGoWhereTheJobsGoAlsoWithAClientMadeByHand() {
    application
        .withBean(MongoClient.class, () -> mongo(2))
        .run(context -> {
          MongoClient beats =
              Objects.requireNonNull(context.getBean(HeartbeatStore.class).client());
          assertThat(portOf(beats)).isEqualTo(2);
          assertThat(beats).isNotSameAs(context.getBean(MongoClient.class));
        });
  }

  @Test
  void beatsShareAClientThatDoesNotTellItsSettings() {
    application
        .withBean(MongoClient.class, GuestClientsTest::wrapped)
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(HeartbeatStore.class).client()).isNull();
        });
  }

  private static MongoClient wrapped() {
    MongoClient inner = mongo(2);
    return (MongoClient)
        Proxy.newProxyInstance(
            MongoClient.class.getClassLoader(),
            new Class<?>[] {MongoClient.class},
            (_, method, arguments) -> method.invoke(inner, arguments));
  }

  @Configuration(proxyBeanMethods = false)
  static class Refreshed {
    @Bean
    @Scope(value = "refresh", proxyMode = ScopedProxyMode.TARGET_CLASS)
    MongoClient client() {
      return mongo(2);
    }

    @Bean
    @Scope(value = "refresh", proxyMode = ScopedProxyMode.TARGET_CLASS)
    LettuceConnectionFactory redis() {
      return new LettuceConnectionFactory("127.0.0.1", 1);
    }

    @Bean
    @Scope(value = "refresh", proxyMode = ScopedProxyMode.TARGET_CLASS)
    LifeCycleTest.Tasks tasks() {
      return new LifeCycleTest.Tasks();
    }
  }

  /** As with Spring Cloud's refresh scope. */
  @Test
  void clientsAndTasksMayBeOfAScopeThatRenewsThem() {
    application
        .withInitializer(
            context -> context.getBeanFactory().registerScope("refresh", new SimpleThreadScope()))
        .withUserConfiguration(Refreshed.class)
        .run(context -> {
          assertThat(context).hasNotFailed();
          assertThat(context.getBean(TaskRegistry.class).paths())
              .containsExactlyInAnyOrder("echo", "flaky");
        });
  }

  @Test
  void theDatabaseThatTheUriNamesIsUsed() {
    bare.run(context ->
        assertThat(context.getBean(MongoAccess.class).database().getName()).isEqualTo("mrq"));
    bare.withPropertyValues("spring.mongodb.uri=mongodb://127.0.0.1:1/test")
        .run(context ->
            assertThat(context.getBean(MongoAccess.class).database().getName()).isEqualTo("test"));
  }
}
