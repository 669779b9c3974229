package io.mrq.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Slots, and the places beyond them. */
class WorkerSlotsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final HoldAhead ahead = new HoldAhead(2, () -> 0);
  private final WorkerSlots slots = new WorkerSlots(2, ahead);

  /** From now on 8 jobs may be held. */
  private void shortRuns() {
    for (int i = 0; i < 100; i++) {
      ahead.ran(1);
    }
  }

  @Test
  void placesAreReservedForTheSlotsAndForWhatMayBeHeld() {
    assertThat(slots.reserve(100)).isEqualTo(2);
    shortRuns();

    assertThat(slots.room()).isEqualTo(8);
    assertThat(slots.reserve(100)).isEqualTo(8);
    assertThat(slots.free()).isZero();
    assertThat(slots.reserve(1)).isZero();
  }

  @Test
  void noMoreBodiesRunThanThereAreSlots() {
    shortRuns();
    slots.reserve(10);

    assertThat(slots.enter()).isTrue();
    assertThat(slots.enter()).isTrue();
    assertThat(slots.enter()).isFalse();

    slots.bodyEnded(1);
    assertThat(slots.enter()).isTrue();
  }

  @Test
  void whoHoldsJobsIsToldOfASlotThatIsFree() {
    AtomicInteger told = new AtomicInteger();
    slots.onFreeSlot(told::incrementAndGet);
    slots.reserve(1);
    slots.enter();

    slots.bodyEnded(1);

    assertThat(told).hasValue(1);
    assertThat(slots.free()).isEqualTo(2);
  }

  @Test
  void whoWaitsForJobsToHoldWaitsUntilHalfOfThemAreLeft() throws InterruptedException {
    shortRuns();
    slots.reserve(10);

    slots.release(3);
    assertThat(slots.awaitRoom(true, Duration.ZERO)).isFalse();
    slots.release(1);
    assertThat(slots.awaitRoom(true, Duration.ZERO)).isTrue();
    assertThat(slots.awaitRoom(false, Duration.ZERO)).as("no slot is free").isFalse();
    slots.release(5);
    assertThat(slots.awaitRoom(false, Duration.ZERO)).isTrue();
  }

  @Test
  void aSlotThatIsFreedEndsTheWait() throws Exception {
    slots.reserve(2);
    CompletableFuture<Boolean> waited = new CompletableFuture<>();
    Thread waiting =
        Thread.startVirtualThread(() -> {
          try {
            waited.complete(slots.awaitRoom(false, LONG));
          } catch (InterruptedException e) {
            waited.completeExceptionally(e);
          }
        });

    slots.release(1);
    waiting.join();

    assertThat(waited.get()).isTrue();
  }
}
