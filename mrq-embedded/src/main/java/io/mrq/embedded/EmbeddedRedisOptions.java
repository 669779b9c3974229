package io.mrq.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to start an {@link EmbeddedRedis}.
 *
 * @param dataDir the folder whose sub-folder {@code redis} gets the append-only file, made if
 *     missing; null keeps everything in memory
 * @param port the loopback port, 0 (default) for any free one
 * @param program the server to run, a path or a name found on the PATH such as {@code
 *     redis-server}; null (default) for the one that this module brings, or, where that cannot run,
 *     {@code redis-server} or {@code valkey-server} from the PATH
 * @param fsync whether each write waits until the disk has it (default no: Redis writes the file at
 *     once and forces it every second)
 */
public record EmbeddedRedisOptions(
    @Nullable Path dataDir, int port, @Nullable String program, boolean fsync) {

  public EmbeddedRedisOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
    }
  }

  /** Data in a file below the folder, any free port, the program of this module. */
  public static EmbeddedRedisOptions in(Path dataDir) {
    return new EmbeddedRedisOptions(dataDir, LoopbackPort.ANY, null, false);
  }

  /** Data in memory, any free port, the program of this module: for tests. */
  public static EmbeddedRedisOptions inMemory() {
    return new EmbeddedRedisOptions(null, LoopbackPort.ANY, null, false);
  }

  public EmbeddedRedisOptions withPort(int newPort) {
    return new EmbeddedRedisOptions(dataDir, newPort, program, fsync);
  }

  public EmbeddedRedisOptions withProgram(@Nullable String newProgram) {
    return new EmbeddedRedisOptions(dataDir, port, newProgram, fsync);
  }

  public EmbeddedRedisOptions withFsync(boolean newFsync) {
    return new EmbeddedRedisOptions(dataDir, port, program, newFsync);
  }
}
