package io.mrq.redis;

import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.dispatch.DispatchUnavailableException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Every call to Redis goes through here: past the circuit breaker, on the shared connection. */
final class RedisCalls {
  private final CommandConnection connection;
  private final CircuitBreaker breaker;
  private final RefusalLog refusals;
  private final String probeKey;
  private final AtomicBoolean probing = new AtomicBoolean();

  /**
   * Calls nobody yet.
   *
   * @param probeKey a key that holds nothing
   */
  RedisCalls(
      CommandConnection connection, CircuitBreaker breaker, RefusalLog refusals, String probeKey) {
    this.connection = connection;
    this.breaker = breaker;
    this.refusals = refusals;
    this.probeKey = probeKey;
  }

  /**
   * Does the work, which may use one exchange.
   *
   * @throws DispatchUnavailableException at once while the circuit is open, or when there is no
   *     answer
   * @throws DispatchRefusedException when Redis answers with an error
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
      throw failed(e);
    }
    breaker.succeeded();
    return answer;
  }

  /**
   * Notes a failure, which may have happened elsewhere, such as on a blocking connection. Only a
   * Redis that is away opens the circuit and gets a new connection: one that refuses a command
   * would refuse it there too.
   *
   * @return what the caller is to throw
   */
  DispatchUnavailableException failed(RuntimeException cause) {
    ErrorReply reply = ErrorReply.of(cause);
    if (reply != null && !reply.isAway()) {
      breaker.succeeded();
      refusals.refused(reply);
      return new DispatchRefusedException("Redis refused: " + reply.text(), cause);
    }
    if (breaker.failed(reason(cause))) {
      connection.renew();
    }
    return new DispatchUnavailableException("Redis does not answer: " + reason(cause), cause);
  }

  /** The reason at the bottom, such as a wrong password, is what helps. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == failure
        ? String.valueOf(failure.getMessage())
        : failure.getMessage() + " (" + root.getMessage() + ")";
  }

  /**
   * Whether the next call is likely to be answered. When not, somebody has to find out when that
   * changes, and no caller should wait for it: so this asks on a thread of its own, as often as the
   * breaker allows.
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
        // A write, since a replica answers a PING; and one that is allowed when memory is full.
        entered(exchange -> exchange.reply(exchange.redis().ltrim(probeKey, 0, 0)));
      }
    } catch (DispatchUnavailableException _) {
      // The breaker has noted it.
    } finally {
      probing.set(false);
    }
  }
}
