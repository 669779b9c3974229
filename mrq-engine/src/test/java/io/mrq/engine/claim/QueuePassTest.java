package io.mrq.engine.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.heartbeat.WorkerHeartbeat;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.JobId;
import io.mrq.queue.QueueSelection.Servable;
import io.mrq.queue.ServedQueues;
import io.mrq.test.memory.InMemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a pass shares ten slots among three queues. */
class QueuePassTest {
  private final SteppedIndex index = new SteppedIndex();
  private final InMemoryStore store = new InMemoryStore(index.clock);
  private final WorkerSlots slots = new WorkerSlots(10);
  private final List<Servable> open = ServedQueues.of(List.of("a", "b", "c")).selections();
  private final List<String> claims = new ArrayList<>();

  private int pass(PassStrategy strategy) throws InterruptedException {
    return queuePass(strategy).claimFrom(open);
  }

  private QueuePass queuePass(PassStrategy strategy) {
    ClaimGate gate =
        new ClaimGate(
            new WorkerHeartbeat(
                store.workers(),
                new WorkerLease(() -> 0),
                HashMap::new,
                _ -> {},
                WorkerEvents.NONE,
                Duration.ofSeconds(1),
                () -> 0));
    return new QueuePass(
        strategy,
        slots,
        new IndexClaims(index, slots, gate, this::claim),
        new StorePolling(store.jobs(), slots, gate, this::claim),
        () -> index.now().toNanos());
  }

  private Claimed claim(String queue, List<JobId> ids) {
    claims.add(queue + ids.size());
    return new Claimed(ids.size(), false);
  }

  private void offer(String queue, int jobs) {
    for (int i = 0; i < jobs; i++) {
      index.offer(queue, 0);
    }
  }

  @Test
  void aSequentialPassLetsEachQueueTakeWhatItCan() throws InterruptedException {
    offer("c", 20);
    offer("b", 20);
    offer("a", 7);

    assertThat(pass(new SequentialPass())).isEqualTo(10);

    assertThat(claims).containsExactly("a7", "b3");
    assertThat(slots.free()).isZero();
  }

  @Test
  void anotherStrategyMayChangeTheOrderAndShareTheSlots() throws InterruptedException {
    offer("a", 20);
    offer("b", 1);
    offer("c", 20);
    PassStrategy fromTheEnd =
        new PassStrategy() {
          @Override
          public List<Servable> order(List<Servable> queues) {
            return queues.reversed();
          }

          @Override
          public int maxPlaces(int room, int queuesLeft) {
            return Math.max(1, room / queuesLeft);
          }
        };

    assertThat(pass(fromTheEnd)).isEqualTo(10);

    assertThat(claims).containsExactly("c3", "b1", "a6");
  }

  @Test
  void allQueuesAreAskedInOneRoundTripAndThoseThatHoldSomethingGiveInAnother()
      throws InterruptedException {
    offer("a", 2);
    offer("c", 3);

    assertThat(pass(new SequentialPass())).isEqualTo(5);

    assertThat(index.asked).containsExactly("sizes a b c", "take a c");
    assertThat(claims).containsExactly("a2", "c3");
    assertThat(slots.free()).isEqualTo(5);
  }

  @Test
  void whenAllQueuesAreEmptyThatIsOneRoundTrip() throws InterruptedException {
    assertThat(pass(new SequentialPass())).isZero();

    assertThat(index.asked).containsExactly("sizes a b c");
    assertThat(slots.free()).isEqualTo(10);
  }

  @Test
  void aWorkerThatPassesAgainSoonLooksFirstIntoWhatWasNotEmpty() throws InterruptedException {
    offer("b", 25);
    QueuePass pass = queuePass(new SequentialPass());
    pass.claimFrom(open);
    slots.release(10);
    offer("a", 1);
    index.asked.clear();

    assertThat(pass.claimFrom(open)).isEqualTo(10);
    assertThat(index.asked).containsExactly("take b");

    slots.release(10);
    index.clock.advance(Duration.ofMillis(5));
    pass.claimFrom(open);
    assertThat(index.asked).containsExactly("take b", "sizes a b c", "take a b");
    assertThat(claims).endsWith("a1", "b5");
  }

  @Test
  void whenWhatWasNotEmptyIsEmptyAllQueuesAreAskedAtOnce() throws InterruptedException {
    offer("b", 2);
    QueuePass pass = queuePass(new SequentialPass());
    pass.claimFrom(open);
    offer("a", 1);

    assertThat(pass.claimFrom(open)).isEqualTo(1);

    assertThat(claims).containsExactly("b2", "a1");
  }

  @Test
  void aQueueIsNotTakenForEmptyWhenItsPlacesWentToOneThatAnotherWorkerEmptied()
      throws InterruptedException {
    offer("a", 10);
    offer("b", 5);
    index.beforeTakes(() -> index.real.take("a", 10));

    assertThat(pass(new SequentialPass())).isEqualTo(5);

    assertThat(claims).containsExactly("b5");
    assertThat(slots.free()).isEqualTo(5);
  }

  @Test
  void aQueueThatIsRefusedTakesNothingFromTheOthers() throws InterruptedException {
    index.refuse("a");
    offer("b", 2);

    assertThat(pass(new SequentialPass())).isEqualTo(2);

    assertThat(claims).containsExactly("b2");
    assertThat(slots.free()).isEqualTo(8);
  }
}
