package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.ConnectionString;
import com.mongodb.client.MongoClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.redis.core.StringRedisTemplate;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedStoresAutoConfigurationTest {

  @TempDir Path dir;
  private ApplicationContextRunner runner = new ApplicationContextRunner();

  @BeforeEach
  void configure() {
    runner =
        runner
            .withConfiguration(
                AutoConfigurations.of(
                    EmbeddedStoresAutoConfiguration.class,
                    MongoAutoConfiguration.class,
                    DataMongoAutoConfiguration.class,
                    DataRedisAutoConfiguration.class))
            .withPropertyValues("mrq.embedded.data-dir=" + dir);
  }

  @Test
  void gives_both_stores_where_nothing_else_is_configured() {
    runner.run(context -> {
      MongoTemplate mongo = context.getBean(MongoTemplate.class);
      mongo.insert(new Document("_id", 1), "jobs");
      assertThat(mongo.getDb().getName()).isEqualTo("mrq");
      StringRedisTemplate redis = context.getBean(StringRedisTemplate.class);
      redis.opsForValue().set("k", "v");
      assertThat(redis.opsForValue().get("k")).isEqualTo("v");
    });
    assertThat(dir.resolve("mongo.mv")).exists();
    assertThat(dir.resolve("redis/appendonly.aof")).exists();
  }

  @Test
  void uses_the_ports_that_were_asked_for() {
    int mongoPort = LoopbackPort.free();
    int redisPort = LoopbackPort.free();
    runner
        .withPropertyValues(
            "mrq.embedded.mongo.port=" + mongoPort, "mrq.embedded.redis.port=" + redisPort)
        .run(context -> {
          assertThat(context.getBean(MongoConnectionDetails.class).getConnectionString())
              .isEqualTo(new ConnectionString("mongodb://127.0.0.1:" + mongoPort + "/mrq"));
          assertThat(context.getBean(EmbeddedRedis.class).port()).isEqualTo(redisPort);
        });
  }

  @Test
  void steps_aside_as_a_whole_when_disabled() {
    runner
        .withPropertyValues("mrq.embedded.enabled=false")
        .run(context ->
            assertThat(context)
                .hasNotFailed()
                .doesNotHaveBean(EmbeddedMongo.class)
                .doesNotHaveBean(EmbeddedRedis.class)
                .doesNotHaveBean("embeddedMongoConnectionDetails"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spring.mongodb.uri=mongodb://127.0.0.1:1/x",
        "spring.mongodb.host=127.0.0.1",
        "spring.mongodb.port=27018",
        "spring.mongodb.additional-hosts[0]=127.0.0.1:1",
        "spring.mongodb.replica-set-name=rs0",
        "spring.mongodb.username=me spring.mongodb.password=secret",
        "spring.mongodb.ssl.enabled=true"
      })
  void the_mongodb_store_alone_steps_aside_for_an_address_of_mongodb(String property) {
    runner
        .withPropertyValues(property.split(" ", -1))
        .run(context ->
            assertThat(context)
                .doesNotHaveBean(EmbeddedMongo.class)
                .hasSingleBean(EmbeddedRedis.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spring.data.redis.host=127.0.0.1",
        "spring.data.redis.url=redis://127.0.0.1:1",
        "spring.data.redis.port=6391",
        "spring.data.redis.password=secret",
        "spring.data.redis.ssl.enabled=true",
        "spring.data.redis.masterreplica.nodes=127.0.0.1:1",
        "spring.data.redis.cluster.nodes[0]=127.0.0.1:1",
        "spring.data.redis.sentinel.nodes=127.0.0.1:1 spring.data.redis.sentinel.master=m"
      })
  void redis_alone_steps_aside_for_an_address_of_redis(String property) {
    runner
        .withPropertyValues(property.split(" ", -1))
        .run(context ->
            assertThat(context)
                .doesNotHaveBean(EmbeddedRedis.class)
                .hasSingleBean(EmbeddedMongo.class));
  }

  @Test
  void what_is_no_address_leaves_the_stores_as_they_are() {
    runner
        .withPropertyValues(
            "spring.mongodb.database=mine",
            "spring.mongodb.ssl.enabled=false",
            "spring.data.redis.database=3",
            "spring.data.redis.timeout=2s",
            "spring.data.redis.ssl.enabled=false")
        .run(context -> {
          assertThat(context.getBean(MongoTemplate.class).getDb().getName()).isEqualTo("mine");
          assertThat(context).hasSingleBean(EmbeddedRedis.class);
        });
  }

  @Test
  void health_tells_whether_the_store_works() {
    runner.run(context ->
        assertThat(context.getBean("embeddedMongoHealthIndicator", HealthIndicator.class).health())
            .isEqualTo(Health.up().build()));
  }

  @Test
  void both_step_aside_for_connection_details_of_others() {
    runner
        .withUserConfiguration(OtherDetails.class)
        .run(context ->
            assertThat(context)
                .doesNotHaveBean(EmbeddedMongo.class)
                .doesNotHaveBean(EmbeddedRedis.class)
                .hasSingleBean(MongoConnectionDetails.class));
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void an_application_starts_with_one_line_a_store_and_stops_without_any_complaint(
      CapturedOutput output) {
    try (ConfigurableApplicationContext context = start()) {
      context.getBean(MongoClient.class).getDatabase("mrq").getCollection("nothing").drop();
      context.getBean(MongoTemplate.class).insert(new Document("_id", 1), "jobs");
      context.getBean(StringRedisTemplate.class).opsForValue().set("k", "v");
    }
    assertThat(output)
        .containsOnlyOnce("Embedded MongoDB store: mongodb://127.0.0.1:")
        .contains(dir.resolve("mongo.mv").toString())
        .containsOnlyOnce("Embedded Redis: redis://127.0.0.1:")
        .contains(dir.resolve("redis").toString())
        .doesNotContain("ERROR")
        .doesNotContain("WARN")
        .doesNotContain("Exception")
        .doesNotContain("de.bwaldvogel");
  }

  @Test
  void the_data_are_there_after_a_restart_of_the_application() {
    try (ConfigurableApplicationContext context = start()) {
      context.getBean(MongoTemplate.class).insert(new Document("_id", 1), "jobs");
      context.getBean(StringRedisTemplate.class).opsForValue().set("k", "v");
    }
    try (ConfigurableApplicationContext context = start()) {
      assertThat(context.getBean(MongoTemplate.class).findAll(Document.class, "jobs")).hasSize(1);
      assertThat(context.getBean(StringRedisTemplate.class).opsForValue().get("k")).isEqualTo("v");
    }
    assertThat(Files.exists(dir)).isTrue();
  }

  private ConfigurableApplicationContext start() {
    SpringApplication application = new SpringApplication(App.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    return application.run(
        "--mrq.embedded.data-dir=" + dir,
        "--spring.main.banner-mode=off",
        "--logging.level.root=INFO");
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    EmbeddedStoresAutoConfiguration.class,
    MongoAutoConfiguration.class,
    DataMongoAutoConfiguration.class,
    DataRedisAutoConfiguration.class
  })
  static class App {}

  @Configuration(proxyBeanMethods = false)
  static class OtherDetails {
    @Bean
    MongoConnectionDetails otherMongo() {
      return () -> new ConnectionString("mongodb://127.0.0.1:1/other");
    }

    @Bean
    DataRedisConnectionDetails otherRedis() {
      return new DataRedisConnectionDetails() {
        @Override
        public Standalone getStandalone() {
          return Standalone.of("127.0.0.1", 1);
        }
      };
    }
  }
}
