package io.mrq.benchmarks.process;

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

  /** How the stores are called in reports. */
  String name();

  @Override
  void close();
}
