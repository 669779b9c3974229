package io.mrq.redis;

import io.mrq.dispatch.DispatchUnavailableException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every call to Redis goes through here: past the circuit breaker, on the shared connection. */
final class RedisCalls {
  private final CommandConnection connection;
  private final CircuitBreaker breaker;
  private final AtomicBoolean probing = new AtomicBoolean();

  RedisCalls(CommandConnection connection, CircuitBreaker breaker) {
    this.connection = connection;
    this.breaker = breaker;
  }

  /**
   * Does the work, which may use one exchange.
   *
   * @throws DispatchUnavailableException at once while the circuit is open, or when the work fails
   */
  <T extends @Nullable Object> T call(Function<Exchange, T> work) {
    if (!breaker.tryEnter()) {
      throw new DispatchUnavailableException("Redis is away", null);
    }
    return entered(work);
  }

  private <T extends @Nullable Object> T entered(Function<Exchange, T> work) {
    T answer;
    try {
      answer = work.apply(connection.exchange());
    } catch (RuntimeException e) {
      failed(e);
      throw new DispatchUnavailableException("Redis does not answer: " + e.getMessage(), e);
    }
    breaker.succeeded();
    return answer;
  }

  /** Notes a failure that happened elsewhere, such as on a blocking connection. */
  void failed(Throwable cause) {
    if (breaker.failed(cause)) {
      connection.renew();
    }
  }

  /**
   * Whether the next call is likely to be answered. When not, somebody has to find out when that
   * changes, and no caller should wait for it: so this sends a PING on a thread of its own, as
   * often as the breaker allows.
   */
  boolean isAvailable() {
    if (breaker.isClosed() && !connection.isBroken()) {
      return true;
    }
    if (probing.compareAndSet(false, true)) {
      Thread.startVirtualThread(this::probe);
    }
    return false;
  }

  private void probe() {
    try {
      if (breaker.tryEnter()) {
        entered(exchange -> exchange.reply(exchange.redis().ping()));
      }
    } catch (DispatchUnavailableException _) {
      // The breaker has noted it.
    } finally {
      probing.set(false);
    }
  }
}
