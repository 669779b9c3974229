package io.mrq.test.contract.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.WakeUp;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a {@code DispatchIndex} does for idle workers: idle notes and wake-ups. */
abstract class WakeUpContract {
  static final String Q = "default";
  private static final Duration AT_ONCE = Duration.ofMillis(60);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final int MANY = 100_000;

  DispatchIndex index;

  /**
   * An index without any data.
   *
   * @param maxReady how many ids each queue may hold
   */
  protected abstract DispatchIndex emptyIndex(int maxReady);

  @BeforeEach
  void open() {
    index = emptyIndex(MANY);
  }

  // wake-ups

  // WRK-19
  @Test
  void anOfferWakesAnIdleWorkerAndNamesTheQueue() {
    WorkerId worker = WorkerId.next();
    index.idle(worker, List.of(Q, "mails"));

    index.offer("mails", List.of(ready("mails", 1)), 1);

    assertThat(wakesOf(worker)).containsExactly("mails");
  }

  // WRK-20
  @Test
  void anOfferOfManyJobsWakesAsManyWorkersOnceEach() {
    List<WorkerId> workers = idleWorkers(5, Q);

    index.offer(Q, List.of(ready(Q, 1), ready(Q, 2), ready(Q, 3)), 3);

    assertThat(woken(workers)).hasSize(3).doesNotHaveDuplicates();
  }

  @Test
  void moreWakesThanWorkersWakeEachOnce() {
    List<WorkerId> workers = idleWorkers(2, Q);

    index.offer(Q, List.of(ready(Q, 1), ready(Q, 2), ready(Q, 3)), 3);

    assertThat(woken(workers)).containsExactlyInAnyOrderElementsOf(workers);
  }

  @Test
  void anIdleWorkerIsNotedOnceHoweverOftenItSaysSo() {
    WorkerId worker = WorkerId.next();
    index.idle(worker, List.of(Q));
    index.idle(worker, List.of(Q));

    index.offer(Q, List.of(ready(Q, 1), ready(Q, 2)), 2);

    assertThat(wakesOf(worker)).containsExactly(Q);
  }

  @Test
  void aWokenWorkerIsNoLongerIdleThereButStillElsewhere() {
    WorkerId worker = WorkerId.next();
    index.idle(worker, List.of(Q, "mails"));

    index.offer(Q, List.of(ready(Q, 1)), 1);
    index.offer(Q, List.of(ready(Q, 2)), 1);
    assertThat(wakesOf(worker)).containsExactly(Q);

    index.offer("mails", List.of(ready("mails", 1)), 1);
    assertThat(wakesOf(worker)).containsExactly("mails");
  }

  @Test
  void anOfferWithoutIdsOnlyWakes() {
    List<WorkerId> workers = idleWorkers(3, Q);

    index.offer(Q, List.of(), 1);

    assertThat(woken(workers)).hasSize(1);
    assertThat(index.take(Q, 5)).isEmpty();
  }

  @Test
  void anOfferWithoutWakesWakesNobody() {
    List<WorkerId> workers = idleWorkers(1, Q);

    index.offer(Q, List.of(ready(Q, 1)), 0);

    assertThat(woken(workers)).isEmpty();
  }

  @Test
  void aBusyWorkerIsNotWoken() {
    WorkerId worker = WorkerId.next();
    index.idle(worker, List.of(Q, "mails"));
    index.busy(worker, List.of(Q));
    index.busy(WorkerId.next(), List.of("mails", "never-used"));

    index.offer(Q, List.of(ready(Q, 1)), 1);
    index.offer("mails", List.of(ready("mails", 1)), 1);

    assertThat(wakesOf(worker)).containsExactly("mails");
  }

  @Test
  void aWorkerOfAnotherQueueIsNotWoken() {
    List<WorkerId> workers = idleWorkers(1, "mails");

    index.offer(Q, List.of(ready(Q, 1)), 1);

    assertThat(woken(workers)).isEmpty();
  }

  @Test
  void jobsThatAreAllThereIsAreNamedToTheWorkersTheyWake() throws InterruptedException {
    List<WorkerId> workers = idleWorkers(3, Q);
    ReadyJob first = ready(Q, 1);
    ReadyJob second = ready(Q, 2);

    index.offer(Q, List.of(first, second), 2);

    assertThat(index.await(workers.get(0), LONG)).contains(new WakeUp(Q, first.id()));
    assertThat(index.await(workers.get(1), LONG)).contains(new WakeUp(Q, second.id()));
    assertThat(wakesOf(workers.get(2))).isEmpty();
    // A worker that is woken may die: the ids stay.
    assertThat(index.take(Q, 5)).containsExactly(first.id(), second.id());
  }

  @Test
  void noJobIsNamedWhereMoreIsReadyThanWorkersAreWoken() throws InterruptedException {
    WorkerId worker = idleWorkers(1, Q).getFirst();
    index.offer(Q, List.of(ready(Q, 1), ready(Q, 2)), 2);
    assertThat(index.await(worker, LONG)).contains(new WakeUp(Q, null));

    // The job that was offered is not the first.
    index.idle(worker, List.of(Q));
    index.offer(Q, List.of(ready(Q, 3)), 1);
    assertThat(index.await(worker, LONG)).contains(new WakeUp(Q, null));
  }

  @Test
  void aQueueOfAnyNameIsNamedAsItIs() throws InterruptedException {
    String odd = "odd {queue}% \u0000\u00e4";
    WorkerId worker = idleWorkers(1, odd).getFirst();
    ReadyJob job = ready(odd, 1);

    index.offer(odd, List.of(job), 1);

    assertThat(index.await(worker, LONG)).contains(new WakeUp(odd, job.id()));
  }

  @Test
  void withoutAWakeUpWaitingEndsAtItsTimeout() throws InterruptedException {
    assertThat(index.await(WorkerId.next(), AT_ONCE)).isEmpty();
  }

  @Test
  void aWakeUpThatCameFirstIsNotLost() throws InterruptedException {
    WorkerId worker = idleWorkers(1, Q).getFirst();
    index.offer(Q, List.of(ready(Q, 1)), 1);

    assertThat(index.await(worker, LONG)).map(WakeUp::queue).contains(Q);
  }

  // WRK-03, BUG-56
  @Test
  void aWorkerThatWaitsIsWoken() throws Exception {
    WorkerId worker = idleWorkers(1, Q).getFirst();
    CountDownLatch waits = new CountDownLatch(1);
    FutureTask<Optional<WakeUp>> waiting =
        new FutureTask<>(() -> {
          waits.countDown();
          return index.await(worker, LONG);
        });
    Thread.ofVirtual().start(waiting);
    waits.await();

    index.offer(Q, List.of(ready(Q, 1)), 1);

    assertThat(waiting.get()).map(WakeUp::queue).contains(Q);
  }

  @Test
  void awaitingWithoutEndCanBeInterrupted() {
    WorkerId worker = WorkerId.next();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> index.await(worker, LONG)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void itIsAvailable() {
    index.take(Q, 1);

    assertThat(index.isAvailable()).isTrue();
  }

  static ReadyJob ready(String queue, long order) {
    return new ReadyJob(JobId.next(), queue, order);
  }

  private List<WorkerId> idleWorkers(int count, String queue) {
    List<WorkerId> workers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      WorkerId worker = WorkerId.next();
      index.idle(worker, List.of(queue));
      workers.add(worker);
    }
    return workers;
  }

  /** Each of the workers, as often as it was woken. */
  private List<WorkerId> woken(Collection<WorkerId> workers) {
    return workers.stream().flatMap(worker -> wakesOf(worker).stream().map(_ -> worker)).toList();
  }

  /** The queues that a worker was woken for, and which it then forgot. */
  List<String> wakesOf(WorkerId worker) {
    List<String> queues = new ArrayList<>();
    try {
      Optional<WakeUp> woken = index.await(worker, AT_ONCE);
      while (woken.isPresent()) {
        queues.add(woken.get().queue());
        woken = index.await(worker, AT_ONCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading wake-ups", e);
    }
    return queues;
  }
}
