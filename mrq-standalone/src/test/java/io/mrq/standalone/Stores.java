package io.mrq.standalone;

import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedMongoOptions;
import io.mrq.embedded.EmbeddedRedis;
import io.mrq.embedded.EmbeddedRedisOptions;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.mongodb.MongoDBContainer;
import org.testcontainers.utility.DockerImageName;

/** A MongoDB and a Redis for the services under test: embedded ones, or real ones in containers. */
interface Stores extends AutoCloseable {
  /** The options that lead a service to them. */
  List<String> options();

  int redisPort();

  /** Takes Redis away; what it held may be lost. */
  void stopRedis();

  /** Brings Redis back on the same port. */
  void startRedis();

  /** Takes MongoDB away; what it acknowledged is kept. */
  void stopMongo();

  /** Brings MongoDB back on the same port. */
  void startMongo();

  @Override
  void close();

  /** On this machine, in files of this folder. */
  static Stores embedded(Path folder) {
    EmbeddedMongo first = EmbeddedMongo.open(EmbeddedMongoOptions.in(folder));
    EmbeddedRedis redis = EmbeddedRedis.start(EmbeddedRedisOptions.inMemory());
    return new Stores() {
      private EmbeddedMongo mongo = first;

      @Override
      public List<String> options() {
        return List.of(
            "--spring.mongodb.uri=" + mongo.uri(), "--spring.data.redis.port=" + redis.port());
      }

      @Override
      public int redisPort() {
        return redis.port();
      }

      @Override
      public void stopRedis() {
        redis.stop();
      }

      @Override
      public void startRedis() {
        redis.restart();
      }

      @Override
      public void stopMongo() {
        mongo.close();
      }

      @Override
      public void startMongo() {
        mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(folder).withPort(first.port()));
      }

      @Override
      public void close() {
        redis.close();
        mongo.close();
      }
    };
  }

  /**
   * Real ones; needs a Docker engine. The system properties {@code mrq.test.mongo.image}, {@code
   * mrq.test.mongo.sharded} and {@code mrq.test.redis.image} choose which: by default a replica set
   * of one member, which has sessions and repeats writes as any does.
   */
  static Stores containers() {
    MongoDBContainer server =
        new MongoDBContainer(System.getProperty("mrq.test.mongo.image", "mongo:8.0"));
    MongoDBContainer mongo =
        Boolean.getBoolean("mrq.test.mongo.sharded")
            ? server.withSharding()
            : server.withReplicaSet();
    GenericContainer<?> redis =
        new GenericContainer<>(
                DockerImageName.parse(System.getProperty("mrq.test.redis.image", "redis:8")))
            .withExposedPorts(6379);
    mongo.start();
    redis.start();
    return new Stores() {
      @Override
      public List<String> options() {
        return List.of(
            "--spring.mongodb.uri=" + mongo.getReplicaSetUrl("mrq"),
            "--spring.data.redis.host=" + redis.getHost(),
            "--spring.data.redis.port=" + redisPort());
      }

      @Override
      public int redisPort() {
        return redis.getMappedPort(6379);
      }

      @Override
      public void stopRedis() {
        redis.getDockerClient().pauseContainerCmd(redis.getContainerId()).exec();
      }

      @Override
      public void startRedis() {
        redis.getDockerClient().unpauseContainerCmd(redis.getContainerId()).exec();
      }

      @Override
      public void stopMongo() {
        mongo.getDockerClient().pauseContainerCmd(mongo.getContainerId()).exec();
      }

      @Override
      public void startMongo() {
        mongo.getDockerClient().unpauseContainerCmd(mongo.getContainerId()).exec();
      }

      @Override
      public void close() {
        redis.stop();
        mongo.stop();
      }
    };
  }
}
