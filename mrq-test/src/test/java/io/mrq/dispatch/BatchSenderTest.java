package io.mrq.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchSenderTest {
  private final List<List<Integer>> sent = new CopyOnWriteArrayList<>();

  @Test
  void largeLoadsGoInBatches() {
    BatchSender<Integer> sender = new BatchSender<>(Runnable::run, 5000, sent::add);

    assertThat(sender.add(Collections.nCopies(2500, 1))).isZero();

    assertThat(sent).extracting(List::size).containsExactly(1000, 1000, 500);
  }

  @Test
  void aSendingThatFailsKeepsNoOtherFromGoing() {
    AtomicBoolean failed = new AtomicBoolean();
    BatchSender<Integer> sender =
        new BatchSender<>(
            Runnable::run,
            10,
            batch -> {
              if (failed.compareAndSet(false, true)) {
                throw new IllegalStateException("gone");
              }
              sent.add(batch);
            });

    sender.add(List.of(1));
    sender.add(List.of(2));

    assertThat(sent).containsExactly(List.of(2));
  }

  @Test
  void whereNoThreadStartsTheNextTakesAllAlong() {
    AtomicBoolean refuses = new AtomicBoolean(true);
    BatchSender<Integer> sender =
        new BatchSender<>(
            task -> {
              if (refuses.get()) {
                throw new RejectedExecutionException();
              }
              task.run();
            },
            10,
            sent::add);

    sender.add(List.of(1));
    refuses.set(false);
    sender.add(List.of(2));

    assertThat(sent).containsExactly(List.of(1, 2));
  }

  @Test
  void nothingOfManyCallersStaysBehind() {
    BatchSender<Integer> sender = new BatchSender<>(Thread::startVirtualThread, 100_000, sent::add);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 2000).forEach(i -> callers.submit(() -> sender.add(List.of(i))));
    }

    sender.flush(Duration.ofSeconds(30));

    List<Integer> all = new ArrayList<>();
    sent.forEach(all::addAll);
    assertThat(all).hasSize(2000).doesNotHaveDuplicates();
  }

  @Test
  void messagesGoInTheirOrderHoweverTheyAreGathered() {
    BatchSender<Integer> sender = new BatchSender<>(Thread::startVirtualThread, 100_000, sent::add);

    IntStream.range(0, 5000).forEach(i -> sender.add(List.of(i)));
    sender.flush(Duration.ofSeconds(30));

    List<Integer> all = new ArrayList<>();
    sent.forEach(all::addAll);
    assertThat(all).hasSize(5000).isSorted();
  }

  @Test
  void whatFindsNoRoomIsDroppedAndWhatComesLaterIsNot() {
    Queue<Runnable> background = new ArrayDeque<>();
    BatchSender<Integer> sender = new BatchSender<>(background::add, 2, sent::add);

    assertThat(sender.add(List.of(1, 2, 3))).isEqualTo(1);
    background.remove().run();
    assertThat(sender.add(List.of(4))).isZero();
    background.remove().run();

    assertThat(sent).containsExactly(List.of(1, 2), List.of(4));
  }

  @Test
  void aFlushWaitsForTheBatchOnItsWayAndForAllBehindIt() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    BatchSender<Integer> sender = blocked(goOn);
    sender.add(List.of(1));
    await().until(() -> sent.size() == 1);
    sender.add(List.of(2));

    Thread flushing = Thread.ofPlatform().start(() -> sender.flush(Duration.ofMinutes(1)));
    await().until(() -> flushing.getState() == Thread.State.TIMED_WAITING);
    goOn.countDown();
    flushing.join();

    assertThat(sent).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void aFlushGivesUpWhenItsTimeIsOver() {
    CountDownLatch goOn = new CountDownLatch(1);
    BatchSender<Integer> sender = blocked(goOn);
    sender.add(List.of(1));
    await().until(() -> sent.size() == 1);
    sender.add(List.of(2));

    sender.flush(Duration.ofMillis(1));

    assertThat(sent).containsExactly(List.of(1));
    goOn.countDown();
    sender.flush(Duration.ofSeconds(30));
    assertThat(sent).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void anErrorOfOneSendingLeavesTheNextToBegin() {
    Queue<Runnable> background = new ArrayDeque<>();
    BatchSender<Integer> sender =
        new BatchSender<>(
            background::add,
            10,
            batch -> {
              if (batch.contains(1)) {
                throw new StackOverflowError("deep");
              }
              sent.add(batch);
            });

    sender.add(List.of(1));
    assertThatThrownBy(() -> background.remove().run()).isInstanceOf(StackOverflowError.class);
    sender.add(List.of(2));
    background.remove().run();

    assertThat(sent).containsExactly(List.of(2));
  }

  /** A sender whose batches are noted, and then wait. */
  private BatchSender<Integer> blocked(CountDownLatch goOn) {
    return new BatchSender<>(
        Thread::startVirtualThread,
        10,
        batch -> {
          sent.add(batch);
          try {
            goOn.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
