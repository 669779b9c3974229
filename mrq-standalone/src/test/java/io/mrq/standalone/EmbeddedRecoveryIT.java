package io.mrq.standalone;

import java.nio.file.Path;

/** The recovery suite on the embedded stores. */
class EmbeddedRecoveryIT extends RecoverySuite {
  @Override
  Stores stores(Path data) {
    return Stores.embedded(data);
  }
}
