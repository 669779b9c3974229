package io.mrq.test.memory.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.dispatch.WakeUp;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.test.MutableClock;
import io.mrq.test.contract.dispatch.DispatchIndexContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class InMemoryDispatchIndexTest extends DispatchIndexContract {
  private final MutableClock clock = MutableClock.create();

  @Override
  protected DispatchIndex emptyIndex(int maxReady) {
    return new InMemoryDispatchIndex(clock, maxReady);
  }

  @Test
  void aNoteOfWaitingIsForgottenAfterTenSeconds() throws InterruptedException {
    InMemoryDispatchIndex index = new InMemoryDispatchIndex(clock, 10);
    WorkerId worker = WorkerId.next();
    index.idle(worker, List.of("q"));
    clock.advance(Duration.ofSeconds(9));
    index.offer("q", List.of(), 1);
    assertThat(index.await(worker, Duration.ZERO)).map(WakeUp::queue).contains("q");

    index.idle(worker, List.of("q"));
    clock.advance(Duration.ofSeconds(10));
    index.offer("q", List.of(), 1);

    assertThat(index.await(worker, Duration.ZERO)).isEmpty();
  }

  @Test
  void aFlushForgetsIdsIdleWorkersAndWakeUps() throws InterruptedException {
    InMemoryDispatchIndex index = new InMemoryDispatchIndex(clock, 10);
    WorkerId woken = WorkerId.next();
    WorkerId idle = WorkerId.next();
    index.idle(woken, List.of("q"));
    index.offer("q", List.of(new ReadyJob(JobId.next(), "q", 1)), 1);
    index.idle(idle, List.of("q"));

    index.flush();
    index.offer("q", List.of(), 2);

    assertThat(index.take("q", 5)).isEmpty();
    assertThat(index.await(woken, Duration.ZERO)).isEmpty();
    assertThat(index.await(idle, Duration.ZERO)).isEmpty();
  }

  @Test
  void whileItIsAwayEveryCallSaysSoAtOnce() {
    InMemoryDispatchIndex index = new InMemoryDispatchIndex();
    WorkerId worker = WorkerId.next();
    JobId id = JobId.next();
    index.offer("q", List.of(new ReadyJob(id, "q", 1)), 0);
    index.setAvailable(false);

    List<ThrowingCallable> calls =
        List.of(
            () -> index.offer("q", List.of(), 0),
            () -> index.take("q", 1),
            () -> index.missing("q", List.of()),
            () -> index.below("q", 1),
            () -> index.drop("q", List.of()),
            () -> index.idle(worker, List.of()),
            () -> index.busy(worker, List.of()),
            () -> index.await(worker, Duration.ofSeconds(30)));
    assertThat(calls)
        .allSatisfy(
            call -> assertThatThrownBy(call).isInstanceOf(DispatchUnavailableException.class));
    assertThat(index.isAvailable()).isFalse();

    index.setAvailable(true);
    assertThat(index.isAvailable()).isTrue();
    assertThat(index.take("q", 5)).containsExactly(id);
  }

  @Test
  void aWorkerThatWaitsLearnsThatTheIndexWentAway() {
    InMemoryDispatchIndex index = new InMemoryDispatchIndex();
    FutureTask<Object> waiting =
        new FutureTask<>(() -> index.await(WorkerId.next(), Duration.ofSeconds(30)));
    Thread.ofVirtual().start(waiting);

    index.setAvailable(false);

    assertThatThrownBy(waiting::get)
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(DispatchUnavailableException.class);
  }
}
