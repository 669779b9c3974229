package io.mrq.redis;

import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.dispatch.DispatchUnavailableException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the calls to Redis, on the shared connection and guarded by the circuit breaker. */
final class RedisCalls {
  private final CommandConnection connection;
  private final CircuitBreaker breaker;
  private final RefusalLog refusals;
  private final String probeKey;
  private final AtomicBoolean probing = new AtomicBoolean();

  /**
   * Creates it without calling Redis.
   *
   * @param probeKey a key that never exists, for the probe while Redis is away
   */
  RedisCalls(
      CommandConnection connection, CircuitBreaker breaker, RefusalLog refusals, String probeKey) {
    this.connection = connection;
    this.breaker = breaker;
    this.refusals = refusals;
    this.probeKey = probeKey;
  }

  /**
   * Makes one call, which consists of one exchange.
   *
   * @throws DispatchUnavailableException at once while the circuit is open, or if there is no
   *     answer
   * @throws DispatchRefusedException if Redis answers with an error
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
   * Notes the failure of a call, or of a wait on a blocking connection. Only a Redis that is away
   * opens the circuit and makes the connection be renewed: a Redis that refuses a command would
   * refuse it on a new connection, too.
   *
   * @return the exception for the caller to throw
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

  /** Notes that Redis refused one of several commands of a call. */
  void refused(ErrorReply reply) {
    refusals.refused(reply);
  }

  /** Adds the root cause, such as a wrong password, since it tells an operator what to do. */
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
   * Whether the next call is likely to be answered. If not, this also starts a probe in a thread of
   * its own, as often as the circuit breaker allows, so that no caller has to wait to find out that
   * Redis is back.
   */
  boolean isAvailable() {
    if (breaker.isClosed() && !connection.isBroken()) {
      return true;
    }
    if (probing.compareAndSet(false, true)) {
      startProbe();
    }
    return false;
  }

  /** Without a thread for it, the next question starts the probe. */
  private void startProbe() {
    try {
      Thread.startVirtualThread(this::probe);
    } catch (Throwable e) {
      probing.set(false);
      throw e;
    }
  }

  private void probe() {
    try {
      if (breaker.tryEnter()) {
        // A replica would answer a PING, so this is a write. It is allowed even if memory is full.
        entered(exchange -> exchange.reply(exchange.redis().ltrim(probeKey, 0, 0)));
      }
    } catch (DispatchUnavailableException _) {
      // The breaker has noted the failure.
    } finally {
      probing.set(false);
    }
  }
}
