package io.mrq.embedded;

/**
 * No property says where a Redis is, alone, as a cluster or behind sentinels, or how to be let in.
 */
final class NoRedisAddress extends NoAddress {

  NoRedisAddress() {
    super(
        "spring.data.redis.url",
        "spring.data.redis.host",
        "spring.data.redis.port",
        "spring.data.redis.username",
        "spring.data.redis.password",
        "spring.data.redis.ssl.enabled",
        "spring.data.redis.ssl.bundle",
        "spring.data.redis.cluster.nodes",
        "spring.data.redis.sentinel.master",
        "spring.data.redis.sentinel.nodes",
        "spring.data.redis.masterreplica.nodes");
  }
}
