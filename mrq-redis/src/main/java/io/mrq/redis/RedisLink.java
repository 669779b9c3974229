package io.mrq.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;

/**
 * One open connection, to a single server or to a cluster.
 *
 * @param connection for its state
 * @param redis for commands
 */
record RedisLink(
    StatefulConnection<String, String> connection,
    RedisClusterAsyncCommands<String, String> redis) {
  boolean isOpen() {
    return connection.isOpen();
  }

  /** Closes without waiting; commands under way end with an error. */
  void close() {
    var _ = connection.closeAsync();
  }
}
