package io.mrq.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * A connection to a single server or to a cluster.
 *
 * @param connection tells its state
 * @param redis sends commands
 */
record RedisLink(
    StatefulConnection<String, String> connection,
    RedisClusterAsyncCommands<String, String> redis) {
  boolean isOpen() {
    return connection.isOpen();
  }

  /** Closes the connection without waiting; commands on their way end with an error. */
  void close() {
    var _ = connection.closeAsync();
  }
}
