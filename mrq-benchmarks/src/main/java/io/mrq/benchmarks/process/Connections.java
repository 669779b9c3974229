package io.mrq.benchmarks.process;

import java.util.List;

/** The options with which an application finds the stores. */
public final class Connections {
  private Connections() {}

  /** Options for any application with the starter. */
  public static List<String> options(Stores stores) {
    return List.of(
        "--mrq.embedded.enabled=false",
        "--spring.mongodb.uri=" + stores.mongoUri(),
        "--spring.data.redis.url=" + stores.redisUri(),
        "--mrq.redis.prefix=" + stores.redisPrefix());
  }
}
