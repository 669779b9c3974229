package io.mrq.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoopTest {
  // WRK-12, BUG-43
  @Test
  void aStepIsRepeatedThoughItFails() {
    AtomicInteger steps = new AtomicInteger();
    Loop loop =
        new Loop(
            "test",
            () -> {
              if (steps.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("once more");
              }
              return Duration.ZERO;
            });
    loop.start();
    await().until(() -> steps.get() >= 4);
    loop.stop();
  }

  @Test
  void soonSkipsTheWait() {
    AtomicInteger steps = new AtomicInteger();
    Loop loop =
        new Loop(
            "test",
            () -> {
              steps.incrementAndGet();
              return Duration.ofDays(1);
            });
    loop.start();
    await().until(() -> steps.get() == 1);
    loop.soon();
    await().until(() -> steps.get() == 2);
    loop.stop();
  }

  @Test
  void aStopInterruptsTheStepAndIsFineTwice() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch begun = new CountDownLatch(1);
    Loop loop =
        new Loop(
            "test",
            () -> {
              begun.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
              }
              return Duration.ZERO;
            });
    loop.start();
    begun.await();
    loop.stop();
    loop.stop();
    assertThat(interrupted.getCount()).isZero();
  }

  @Test
  void aLoopThatWasStoppedDoesNotStart() {
    AtomicInteger steps = new AtomicInteger();
    Loop loop =
        new Loop(
            "test",
            () -> {
              steps.incrementAndGet();
              return Duration.ZERO;
            });
    loop.stop();
    loop.start();
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("test"));
    assertThat(steps).hasValue(0);
  }

  @Test
  void anUndeclaredCheckedExceptionDoesNotEndTheLoop() {
    AtomicInteger steps = new AtomicInteger();
    Loop loop =
        new Loop(
            "test",
            () -> {
              steps.incrementAndGet();
              throw LoopTest.<RuntimeException>undeclared(new IOException("sneaky"));
            });
    loop.start();
    await().until(() -> steps.get() >= 3);
    assertThat(loop.failure()).get().matches(failure -> failure.message().contains("sneaky"));
    loop.stop();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Exception> E undeclared(Exception e) throws E {
    throw (E) e;
  }

  @Test
  void aLogThatThrowsDoesNotEndTheLoop() {
    Logger logger = (Logger) LoggerFactory.getLogger(Loop.class);
    AppenderBase<ILoggingEvent> full =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            throw new OutOfMemoryError("while logging");
          }
        };
    full.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(full);
    AtomicInteger steps = new AtomicInteger();
    Loop loop =
        new Loop(
            "test",
            () -> {
              if (steps.incrementAndGet() % 2 == 1) {
                throw new IllegalStateException("odd");
              }
              return Duration.ZERO;
            });
    try {
      loop.start();
      await().until(() -> steps.get() >= 2);
      await().until(() -> loop.failure().isPresent());
      await().until(() -> steps.get() >= 5);
    } finally {
      loop.stop();
      logger.detachAppender(full);
      logger.setLevel(null);
    }
  }

  @Test
  void aWaitOfCenturiesIsAWaitAndNotTheEnd() {
    AtomicInteger steps = new AtomicInteger();
    Loop loop =
        new Loop(
            "test",
            () -> {
              steps.incrementAndGet();
              return Duration.ofSeconds(Long.MAX_VALUE);
            });
    loop.start();
    await().until(() -> steps.get() == 1);
    loop.soon();
    await().until(() -> steps.get() == 2);
    assertThat(loop.failure()).isEmpty();
    loop.stop();
  }

  @Test
  void anInterruptThatIsNoStopDoesNotEndTheLoop() {
    AtomicInteger steps = new AtomicInteger();
    Loop loop =
        new Loop(
            "test",
            () -> {
              steps.incrementAndGet();
              Thread.currentThread().interrupt();
              return Duration.ofMillis(1);
            });
    loop.start();
    await().until(() -> steps.get() >= 3);
    loop.stop();
  }

  @Test
  void aLoopThatMustNotFallBehindIsNeverPutOffForLonger() {
    ExponentialBackOff wait = new ExponentialBackOff(Duration.ofMillis(250));
    assertThat(Stream.generate(wait::next).limit(4))
        .containsExactly(
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(250),
            Duration.ofMillis(250));
    ExponentialBackOff shorter = new ExponentialBackOff(Duration.ofMillis(50));
    assertThat(shorter.next()).isEqualTo(Duration.ofMillis(50));
  }
}
