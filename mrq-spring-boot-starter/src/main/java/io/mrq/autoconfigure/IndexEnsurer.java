package io.mrq.autoconfigure;

import io.mrq.loop.Loop;
import io.mrq.mongo.MongoIndexes;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/**
 * Creates the indexes in the background, on by default (BUG-50), and tries until MongoDB is there.
 */
final class IndexEnsurer implements SmartLifecycle {
  private static final Duration DAILY = Duration.ofDays(1);

  private final Loop loop;
  private volatile boolean running;

  IndexEnsurer(MongoIndexes indexes) {
    loop =
        new Loop(
            "mrq-indexes",
            () -> {
              indexes.ensure();
              return DAILY;
            });
  }

  @Override
  public void start() {
    running = true;
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
