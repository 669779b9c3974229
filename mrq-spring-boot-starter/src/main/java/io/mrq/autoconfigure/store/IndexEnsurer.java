package io.mrq.autoconfigure.store;

import io.mrq.autoconfigure.MrqProperties.PythonIndexes;
import io.mrq.autoconfigure.lifecycle.LoopLifecycle;
import io.mrq.mongo.index.MongoIndexes;
import java.time.Duration;

/**
 * Creates missing indexes in the background, and tries again until MongoDB is there. A day later it
 * also drops those of earlier versions: when the first process of a new version starts, others of
 * an earlier one are still at work.
 */
final class IndexEnsurer extends LoopLifecycle {
  private static final Duration DAILY = Duration.ofDays(1);

  private final MongoIndexes indexes;
  private final PythonIndexes python;
  private boolean hasCreated;

  IndexEnsurer(MongoIndexes indexes, PythonIndexes python) {
    super("mrq-indexes");
    this.indexes = indexes;
    this.python = python;
  }

  @Override
  protected Duration step() {
    boolean forPython =
        switch (python) {
          case AUTO -> indexes.hasPythonWorkers();
          case TRUE -> true;
          case FALSE -> false;
        };
    if (hasCreated) {
      indexes.ensure(forPython);
    } else {
      indexes.create(forPython);
      hasCreated = true;
    }
    return DAILY;
  }
}
