package io.mrq.redis;

import io.lettuce.core.RedisConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one connection for everything that does not block, shared by all threads and made in the
 * background. Nobody waits for it longer than for a command.
 */
final class CommandConnection {
  private final Supplier<CompletableFuture<RedisLink>> opener;
  private final long timeoutNanos;
  private CompletableFuture<RedisLink> current;

  CommandConnection(Supplier<CompletableFuture<RedisLink>> opener, Duration timeout) {
    this.opener = opener;
    this.timeoutNanos = timeout.toNanos();
    this.current = opener.get();
  }

  /**
   * A new exchange, whose time runs from now.
   *
   * @throws io.lettuce.core.RedisException when there is no connection in time
   */
  Exchange exchange() {
    long deadline = System.nanoTime() + timeoutNanos;
    CompletableFuture<RedisLink> link = latest();
    return new Exchange(Exchange.await(link, deadline).redis(), deadline);
  }

  private synchronized CompletableFuture<RedisLink> latest() {
    if (current.isCompletedExceptionally()) {
      current = opener.get();
    }
    return current;
  }

  /** Whether it is known that nothing can be sent now. */
  synchronized boolean isBroken() {
    RedisLink link = made();
    return link == null ? current.isDone() : !link.isOpen();
  }

  /**
   * Replaces a connection that does not answer: its peer may be gone without a word, or have become
   * a replica, and its name may mean another address now. One that is being made is left in peace.
   */
  synchronized void renew() {
    RedisLink link = made();
    if (link != null) {
      link.close();
      current = CompletableFuture.failedFuture(new RedisConnectionException("not connected"));
    }
  }

  private @Nullable RedisLink made() {
    return current.isDone() && !current.isCompletedExceptionally() ? current.join() : null;
  }
}
