package io.mrq.api.overview;

import io.mrq.query.QueryTooSlowException;
import io.mrq.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the overview to every listener once a second, until the listener disconnects or this
 * service stops. Each listener has a virtual thread of its own, so a slow one delays no other; the
 * overview is computed once for all of them.
 */
@Component
class OverviewFeed implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(OverviewFeed.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final Duration MAX_STOP_WAIT = Duration.ofSeconds(2);

  private final Overviews overviews;
  private final Set<Thread> listeners = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean running;

  OverviewFeed(Overviews overviews) {
    this.overviews = overviews;
  }

  SseEmitter open() {
    // No time limit: it ends when the listener disconnects or this service stops.
    SseEmitter emitter = new SseEmitter(0L);
    CountDownLatch end = stopped;
    Thread.ofVirtual()
        .name("mrq-feed")
        .start(() -> {
          listeners.add(Thread.currentThread());
          try {
            feed(emitter, end);
          } finally {
            listeners.remove(Thread.currentThread());
          }
        });
    return emitter;
  }

  private void feed(SseEmitter emitter, CountDownLatch end) {
    try {
      do {
        send(emitter);
      } while (!end.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
      emitter.complete();
    } catch (IOException | IllegalStateException e) {
      log.debug("a listener disconnected: {}", e.getMessage());
    } catch (InterruptedException e) {
      emitter.complete();
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.error("the overview could not be sent to a listener, whose connection is closed", e);
      emitter.completeWithError(e);
    }
  }

  /** While the store does not answer, a comment keeps the connection open. */
  private void send(SseEmitter emitter) throws IOException {
    String text;
    try {
      text = overviews.now().text();
    } catch (StoreUnavailableException | QueryTooSlowException e) {
      emitter.send(SseEmitter.event().comment("the job store does not answer"));
      return;
    }
    emitter.send(SseEmitter.event().name("overview").data(text));
  }

  int listeners() {
    return listeners.size();
  }

  @Override
  public void start() {
    stopped = new CountDownLatch(1);
    running = true;
  }

  /** Runs before the server waits for open requests to end. */
  @Override
  public void stop() {
    running = false;
    stopped.countDown();
    for (Thread listener : listeners) {
      try {
        listener.join(MAX_STOP_WAIT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
