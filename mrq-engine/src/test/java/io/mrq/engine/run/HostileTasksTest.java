package io.mrq.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.worker.Worker;
import io.mrq.engine.worker.WorkerBench;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.task.BackOff;
import io.mrq.task.JobContext;
import io.mrq.task.RetryRequest;
import io.mrq.task.TaskSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run ends, and its worker goes on, whatever a task throws or returns. */
class HostileTasksTest {
  private final WorkerBench bench = new WorkerBench();

  @AfterEach
  void close() {
    bench.close();
  }

  /** An exception whose message cannot be asked for. */
  static class Mute extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Supplier<String> message;

    Mute(Supplier<String> message) {
      this.message = message;
    }

    @Override
    public String getMessage() {
      return message.get();
    }
  }

  private static String recurses(int depth) {
    return depth < 0 ? "" : recurses(depth + 1) + depth;
  }

  private static Mute mute() {
    return new Mute(() -> {
      throw new IllegalStateException("no message yet");
    });
  }

  static Stream<Arguments> exceptions() {
    return Stream.of(
        Arguments.of("no message", (Supplier<Throwable>) HostileTasksTest::mute),
        Arguments.of(
            "a hostile cause",
            (Supplier<Throwable>) () -> new IllegalStateException("outer", mute())),
        Arguments.of(
            "a message that recurses", (Supplier<Throwable>) () -> new Mute(() -> recurses(0))),
        Arguments.of(
            "no memory while it is printed",
            (Supplier<Throwable>)
                () ->
                    new Mute(() -> {
                      throw new OutOfMemoryError("while printing");
                    })),
        Arguments.of(
            "a trace that cannot be printed",
            (Supplier<Throwable>)
                () ->
                    new RuntimeException("sound") {
                      private static final long serialVersionUID = 1L;

                      @Override
                      public void printStackTrace(PrintWriter s) {
                        throw new UnsupportedOperationException("no printer");
                      }
                    }),
        Arguments.of(
            "no stack",
            (Supplier<Throwable>)
                () ->
                    new RuntimeException("sound") {
                      private static final long serialVersionUID = 1L;

                      @Override
                      public StackTraceElement[] getStackTrace() {
                        throw new UnsupportedOperationException("no stack");
                      }
                    }),
        Arguments.of("no memory", (Supplier<Throwable>) () -> new OutOfMemoryError("in the task")),
        Arguments.of(
            "a huge message",
            (Supplier<Throwable>) () -> new IllegalStateException("x".repeat(20_000_000))));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static TaskSettings retriedOnAnything() {
    return TaskSettings.builder()
        .maxRetries(1)
        .backOff(new BackOff(Duration.ZERO, 1, Duration.ofSeconds(1)))
        .retryOn(Throwable.class)
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exceptions")
  void whateverATaskThrowsItsJobFails(String name, Supplier<Throwable> thrown) {
    Worker worker =
        bench
            .task(
                "t",
                _ -> {
                  throw HostileTasksTest.<RuntimeException>sneaky(thrown.get());
                })
            .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.FAILED);
    assertThat(job.traceback()).isNotBlank();
    assertThat(job.exceptiontype()).isNotBlank();
    WorkerBench.waitFor(() -> worker.busySlots() == 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exceptions")
  void whateverATaskRetriesOnItsJobIsRetried(String name, Supplier<Throwable> thrown) {
    bench
        .task(
            "t",
            retriedOnAnything(),
            _ -> {
              throw HostileTasksTest.<RuntimeException>sneaky(thrown.get());
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.MAXRETRIES);
    assertThat(job.attempt()).isEqualTo(2);
  }

  @Test
  void aRetryByHandBecauseOfAHostileExceptionIsARetry() {
    bench
        .task(
            "t",
            _ -> {
              throw JobContext.current()
                  .orElseThrow()
                  .retry(RetryRequest.because(mute()).after(Duration.ofHours(1)));
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.RETRY);
    assertThat(job.traceback()).contains("Mute");
  }

  @Test
  void aRetryInALifetimeOrTwoIsARetry() {
    bench
        .task(
            "t",
            _ -> {
              throw JobContext.current()
                  .orElseThrow()
                  .retry("by hand only", Duration.ofSeconds(Long.MAX_VALUE));
            })
        .start();
    bench.awaitStatus(bench.enqueue("t"), JobStatus.RETRY);
  }

  @Test
  void aHostileExceptionSaysWhatCanBeReadOfIt() {
    bench
        .task(
            "t",
            _ -> {
              throw new IllegalStateException("outer", mute());
            })
        .start();
    Job job = bench.awaitStatus(bench.enqueue("t"), JobStatus.FAILED);
    assertThat(job.traceback())
        .contains("java.lang.IllegalStateException: outer")
        .contains("HostileTasksTest$Mute: (its message cannot be read)")
        .contains("at io.mrq.engine.run.HostileTasksTest");
  }

  /** A list as another thread may change it while it is read. */
  private static List<Integer> list(Supplier<RuntimeException> secondTime) {
    return new AbstractList<>() {
      private int asked;

      @Override
      public Integer get(int index) {
        return index;
      }

      @Override
      public int size() {
        return 3;
      }

      @Override
      public Iterator<Integer> iterator() {
        if (asked++ > 0) {
          throw secondTime.get();
        }
        return super.iterator();
      }
    };
  }

  @Test
  void aResultThatChangesWhileItIsReadFailsItsJobAlone() {
    bench
        .task("once", _ -> list(ConcurrentModificationException::new))
        .task(
            "full",
            _ ->
                list(() -> {
                  throw new OutOfMemoryError("while encoding");
                }))
        .task("good", _ -> 1)
        .start();
    JobId once = bench.enqueue("once");
    JobId full = bench.enqueue("full");
    bench.awaitStatus(bench.enqueue("good"), JobStatus.SUCCESS);
    assertThat(bench.awaitStatus(once, JobStatus.FAILED).exceptiontype())
        .isEqualTo("ResultNotStorable");
    assertThat(bench.awaitStatus(full, JobStatus.FAILED).traceback()).contains("OutOfMemoryError");
  }

  @Test
  void aResultThatTakesForEverToReadIsEndedByTheTimeout() {
    bench
        .task(
            "t",
            _ ->
                new AbstractList<Integer>() {
                  @Override
                  public Integer get(int index) {
                    return index % 10;
                  }

                  @Override
                  public int size() {
                    return 3;
                  }

                  @Override
                  public Iterator<Integer> iterator() {
                    return Stream.generate(
                            () -> {
                              if (Thread.currentThread().isInterrupted()) {
                                throw new IllegalStateException("interrupted while it is read");
                              }
                              return 1;
                            })
                        .iterator();
                  }
                })
        .start();
    bench.awaitStatus(
        bench.enqueue("t", r -> r.timeout(Duration.ofMillis(100))), JobStatus.TIMEOUT);
  }
}
