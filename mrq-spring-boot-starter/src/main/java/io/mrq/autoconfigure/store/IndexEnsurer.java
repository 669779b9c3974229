package io.mrq.autoconfigure.store;

import io.mrq.autoconfigure.MrqProperties.PythonIndexes;
import io.mrq.autoconfigure.lifecycle.LoopLifecycle;
import io.mrq.mongo.index.MongoIndexes;
import java.time.Duration;

/**
 * Creates missing indexes in the background, drops those of earlier versions, and tries again until
 * MongoDB is there.
 */
final class IndexEnsurer extends LoopLifecycle {
  private static final Duration DAILY = Duration.ofDays(1);

  private final MongoIndexes indexes;
  private final PythonIndexes python;

  IndexEnsurer(MongoIndexes indexes, PythonIndexes python) {
    super("mrq-indexes");
    this.indexes = indexes;
    this.python = python;
  }

  @Override
  protected Duration step() {
    switch (python) {
      case AUTO -> indexes.ensure();
      case TRUE -> indexes.ensure(true);
      case FALSE -> indexes.ensure(false);
    }
    return DAILY;
  }
}
