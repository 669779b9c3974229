package io.mrq.autoconfigure.store;

import io.mrq.autoconfigure.lifecycle.LoopLifecycle;
import io.mrq.mongo.index.MongoIndexes;
import java.time.Duration;

/** Creates missing indexes in the background, and tries again until MongoDB is there. */
final class IndexEnsurer extends LoopLifecycle {
  private static final Duration DAILY = Duration.ofDays(1);

  private final MongoIndexes indexes;

  IndexEnsurer(MongoIndexes indexes) {
    super("mrq-indexes");
    this.indexes = indexes;
  }

  @Override
  protected Duration step() {
    indexes.ensure();
    return DAILY;
  }
}
