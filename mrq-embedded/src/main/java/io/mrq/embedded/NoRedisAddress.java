package io.mrq.embedded;

/** No property names a Redis, alone, as a cluster or behind sentinels. */
final class NoRedisAddress extends NoAddress {

  NoRedisAddress() {
    super(
        "spring.data.redis.url",
        "spring.data.redis.host",
        "spring.data.redis.cluster.nodes",
        "spring.data.redis.sentinel.nodes",
        "spring.data.redis.masterreplica.nodes");
  }
}
