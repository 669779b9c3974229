package io.mrq.redis;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.test.contract.dispatch.DispatchIndexContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a single server. */
class RedisDispatchIndexTest extends DispatchIndexContract {
  private static TestRedis redis;

  private @Nullable RedisDispatchIndex opened;

  @BeforeAll
  static void start() {
    redis = new TestRedis();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @Override
  protected DispatchIndex emptyIndex(int maxReady) {
    close();
    redis.redis().flushall();
    RedisDispatchIndex index = redis.index(TestRedis.PATIENT.withMaxReady(maxReady));
    opened = index;
    return index;
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
