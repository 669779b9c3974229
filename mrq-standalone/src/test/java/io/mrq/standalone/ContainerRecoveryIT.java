package io.mrq.standalone;

import java.nio.file.Path;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The recovery suite on a real MongoDB and Redis, where a Docker engine is. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerRecoveryIT extends RecoverySuite {
  @Override
  Stores stores(Path data) {
    return Stores.containers();
  }
}
