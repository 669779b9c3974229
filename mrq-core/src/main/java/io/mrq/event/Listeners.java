package io.mrq.event;

import io.mrq.job.Failure;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listeners of one type. They watch MRQ and must not harm it: what one of them throws is logged,
 * and the others are told all the same.
 *
 * @param <T> the type of the listeners
 */
public final class Listeners<T> {
  private static final Logger log = LoggerFactory.getLogger(Listeners.class);
  private static final long LOG_PERIOD_NANOS = Duration.ofMinutes(1).toNanos();

  private final List<T> each;
  private final AtomicLong nextLog = new AtomicLong(System.nanoTime());

  /** Takes the listeners, which are told in this order. */
  public Listeners(Collection<? extends T> each) {
    this.each = List.copyOf(each);
  }

  /** Tells each of them. Never throws. */
  public void tell(Consumer<? super T> event) {
    for (T listener : each) {
      try {
        event.accept(listener);
      } catch (Throwable e) {
        failed(listener, e);
      }
    }
  }

  /** Logged at most once a minute: a listener that always throws may be told of every job. */
  private void failed(T listener, Throwable e) {
    try {
      long now = System.nanoTime();
      long next = nextLog.get();
      if (now - next >= 0 && nextLog.compareAndSet(next, now + LOG_PERIOD_NANOS)) {
        log.warn(
            "the listener {} threw an exception, which is ignored; further ones are logged once a"
                + " minute: {}",
            listener.getClass().getName(),
            Failure.trace(e));
      }
    } catch (Throwable unloggable) {
      // There is no memory for the log line either; the work goes on without it.
    }
  }
}
