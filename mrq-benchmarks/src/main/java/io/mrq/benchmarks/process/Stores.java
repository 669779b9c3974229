package io.mrq.benchmarks.process;

import java.util.List;

/** The MongoDB and the Redis that a row uses, with what they have used until now. */
public interface Stores extends AutoCloseable {
  /** The address with the database. */
  String mongoUri();

  String redisUri();

  /** The prefix of all keys in Redis. */
  String redisPrefix();

  /** What the store of the documents has used. */
  ProcessUsage mongoUsage();

  /** What Redis has used. */
  ProcessUsage redisUsage();

  /** The options with which an application of the starter finds them. */
  default List<String> options() {
    return List.of(
        "--mrq.embedded.enabled=false",
        "--spring.mongodb.uri=" + mongoUri(),
        "--spring.data.redis.url=" + redisUri(),
        "--mrq.redis.prefix=" + redisPrefix());
  }

  /** Deletes what was stored. */
  @Override
  void close();
}
