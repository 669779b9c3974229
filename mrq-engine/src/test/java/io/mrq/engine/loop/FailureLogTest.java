package io.mrq.engine.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FailureLogTest {
  private final AtomicLong nanos = new AtomicLong();
  private final FailureLog failures = new FailureLog("test", nanos::get);
  private final Logger logger = (Logger) LoggerFactory.getLogger(Loop.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private List<String> said() {
    return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void aFaultIsToldWithItsStackTrace() {
    failures.failed(new IllegalStateException("odd"));

    assertThat(lines.list)
        .singleElement()
        .satisfies(line -> {
          assertThat(line.getLevel()).isEqualTo(Level.WARN);
          assertThat(line.getFormattedMessage())
              .isEqualTo("test failed, and is tried again until it succeeds");
          assertThat(line.getThrowableProxy().getMessage()).isEqualTo("odd");
        });
    assertThat(failures.current())
        .contains(new LoopFailure(Duration.ZERO, false, "java.lang.IllegalStateException: odd"));
  }

  @Test
  void aStoreThatIsAwayIsToldInOneLine() {
    failures.failed(new StoreUnavailableException("MongoDB did not answer", null));
    failures.succeeded();
    failures.failed(new DispatchUnavailableException("Redis is away", null));

    assertThat(lines.list).allMatch(line -> line.getThrowableProxy() == null);
    assertThat(said())
        .containsExactly(
            "test failed, and is tried again until it succeeds: MongoDB did not answer",
            "test works again",
            "test failed, and is tried again until it succeeds: Redis is away");
    assertThat(failures.current()).get().matches(LoopFailure::outage);
  }

  @Test
  void whileItFailsItIsToldAgainEveryMinute() {
    for (int i = 0; i < 130; i++) {
      failures.failed(new IllegalStateException("odd"));
      pass(Duration.ofSeconds(1));
    }

    assertThat(said())
        .containsExactly(
            "test failed, and is tried again until it succeeds",
            "test has been failing for 60 s, and is tried again until it succeeds",
            "test has been failing for 120 s, and is tried again until it succeeds");
    assertThat(lines.list).allMatch(line -> line.getThrowableProxy() != null);
    assertThat(failures.current()).get().matches(f -> f.lasting().equals(Duration.ofSeconds(130)));
  }

  @Test
  void aFaultBehindAnOutageIsToldAtOnce() {
    failures.failed(new StoreUnavailableException("away", null));
    pass(Duration.ofSeconds(3));
    failures.failed(new IllegalStateException("odd"));

    assertThat(said())
        .last()
        .isEqualTo("test has been failing for 3 s, and is tried again until it succeeds");
  }

  @Test
  void anErrorThatCannotBePrintedIsToldByItsClass() {
    failures.failed(new HostileException());

    assertThat(said()).last().asString().contains(HostileException.class.getName());
    assertThat(failures.current()).get().matches(f -> f.message().contains("Hostile"));
  }

  @Test
  void whatIsWellSaysNothing() {
    failures.succeeded();

    assertThat(said()).isEmpty();
    assertThat(failures.current()).isEmpty();
  }

  private static final class HostileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }
}
