package io.mrq.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to open an {@link EmbeddedMongo}.
 *
 * @param dataDir the folder of the file {@code mongo.mv}, made if missing; null keeps everything in
 *     memory
 * @param port the loopback port, 0 (default) for any free one
 * @param fsync whether each write waits until the disk has it (default no: an acknowledged write
 *     survives the end of the process by any cause, but not a power failure)
 */
public record EmbeddedMongoOptions(@Nullable Path dataDir, int port, boolean fsync) {

  public EmbeddedMongoOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be between 0 and 65535, not " + port);
    }
  }

  /** Documents in a file below the folder, any free port, no fsync. */
  public static EmbeddedMongoOptions in(Path dataDir) {
    return new EmbeddedMongoOptions(dataDir, LoopbackPort.ANY, false);
  }

  /** Documents in memory, any free port: for tests. */
  public static EmbeddedMongoOptions inMemory() {
    return new EmbeddedMongoOptions(null, LoopbackPort.ANY, false);
  }

  public EmbeddedMongoOptions withPort(int newPort) {
    return new EmbeddedMongoOptions(dataDir, newPort, fsync);
  }

  public EmbeddedMongoOptions withFsync(boolean newFsync) {
    return new EmbeddedMongoOptions(dataDir, port, newFsync);
  }
}
