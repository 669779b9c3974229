package io.mrq.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Stores that run inside this process, for a machine without MongoDB and Redis. Each steps aside
 * when the address of a real one is configured.
 *
 * @param enabled Whether to start the embedded stores where no real ones are configured.
 * @param dataDir Folder for the data; it is created if it is missing. Only one process at a time
 *     may use it.
 * @param fsync Whether a write waits until the disk has it. Without it an acknowledged write
 *     survives the end of the process by any cause, but the last second may be lost when the power
 *     fails.
 * @param mongo The MongoDB-protocol store.
 * @param redis The Redis process.
 */
@ConfigurationProperties("mrq.embedded")
record EmbeddedStoresProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("data") Path dataDir,
    @DefaultValue("false") boolean fsync,
    @DefaultValue Mongo mongo,
    @DefaultValue Redis redis) {

  /**
   * The MongoDB-protocol store.
   *
   * @param port Port on 127.0.0.1; 0 takes any free one. Other processes on this machine can
   *     connect to it.
   */
  record Mongo(@DefaultValue("0") int port) {}

  /**
   * The Redis process.
   *
   * @param port Port on 127.0.0.1; 0 takes any free one. Other processes on this machine can
   *     connect to it.
   * @param program Redis server program to run, a path or a name on the PATH. By default the
   *     bundled program; where that cannot run, redis-server or valkey-server from the PATH.
   */
  record Redis(@DefaultValue("0") int port, @Nullable String program) {}
}
