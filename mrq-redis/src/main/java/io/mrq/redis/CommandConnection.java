package io.mrq.redis;

import io.lettuce.core.RedisConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one connection for all commands that do not block. It is opened in the background and shared
 * by all threads. A caller waits for it no longer than for a command.
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
   * Starts an exchange, whose time runs from now.
   *
   * @throws io.lettuce.core.RedisException if there is no connection in time
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

  /** Whether it is known that no command can be sent now. */
  synchronized boolean isBroken() {
    RedisLink link = opened();
    return link == null ? current.isDone() : !link.isOpen();
  }

  /**
   * Closes a connection that does not answer; the next exchange opens another one. The server may
   * have vanished silently or become a replica, and its name may stand for another address now. A
   * connection that is still being opened is kept.
   */
  synchronized void renew() {
    RedisLink link = opened();
    if (link != null) {
      link.close();
      current = CompletableFuture.failedFuture(new RedisConnectionException("not connected"));
    }
  }

  private @Nullable RedisLink opened() {
    return current.isDone() && !current.isCompletedExceptionally() ? current.join() : null;
  }
}
