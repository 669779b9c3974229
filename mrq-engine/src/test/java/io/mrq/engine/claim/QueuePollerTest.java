package io.mrq.engine.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.heartbeat.WorkerHeartbeat;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.run.HoldAhead;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.job.WorkerId;
import io.mrq.queue.QueueSelection.Exact;
import io.mrq.queue.ServedQueues;
import io.mrq.store.StoreUnavailableException;
import io.mrq.test.builder.NewJobBuilder;
import io.mrq.test.memory.InMemoryStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for work, on a clock that a test moves. */
class QueuePollerTest {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final SteppedIndex index = new SteppedIndex();
  private final InMemoryStore store = new InMemoryStore(index.clock);
  private final JobDispatcher offers = new JobDispatcher(index);
  private final Map<JobId, Duration> claimed = new HashMap<>();
  private final AtomicBoolean tooManyUnstored = new AtomicBoolean();

  /** A worker whose jobs end as they begin. */
  private final class Bench {
    final WorkerSlots slots = new WorkerSlots(10);
    final WorkerLease lease = new WorkerLease(() -> index.now().toNanos());
    final WorkerHeartbeat heartbeat;
    final QueuePoller poller;
    boolean jobsLast;
    Supplier<@Nullable Claimed> fault = () -> null;
    int claims;

    Bench(String... queues) {
      heartbeat =
          new WorkerHeartbeat(
              store.workers(),
              lease,
              HashMap::new,
              _ -> {},
              WorkerEvents.NONE,
              Duration.ofSeconds(1),
              () -> index.now().toNanos());
      poller =
          new QueuePoller(
              ServedQueues.of(List.of(queues)),
              index,
              offers,
              store.jobs(),
              slots,
              new HeldJobs(
                  (job, claim, home) -> {},
                  slots,
                  HoldAhead.off(),
                  lease,
                  offers,
                  index.clock,
                  () -> index.now().toNanos()),
              new PausedQueues(store.pauses(), Duration.ofSeconds(2), () -> index.now().toNanos()),
              lease,
              heartbeat,
              tooManyUnstored::get,
              store.parked(),
              Set::of,
              this::claim,
              () -> index.now().toNanos());
    }

    private Claimed claim(String queue, List<JobId> ids) {
      claims++;
      Claimed failed = fault.get();
      if (failed != null) {
        return failed;
      }
      ids.forEach(id -> claimed.put(id, index.now()));
      if (!jobsLast) {
        slots.release(ids.size());
      }
      return new Claimed(ids.size(), false);
    }

    void stepUntil(Duration end) throws InterruptedException {
      while (index.now().compareTo(end) < 0) {
        Duration wait = poller.step();
        index.clock.advance(wait);
      }
    }

    WorkerId id() {
      return lease.id();
    }
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** A job on this queue as often as told, and each wakes a worker. */
  private void trickle(String queue, Duration every) {
    if (index.now().toMillis() % every.toMillis() == 0) {
      index.offer(queue, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aTrickleOnOneQueueDoesNotKeepTheWorkerFromTheOthers(int every) throws InterruptedException {
    Bench worker = new Bench("urgent", "mails", "bulk");
    Map<JobId, Duration> offered = new HashMap<>();
    index.meanwhile(() -> {
      trickle("bulk", seconds(every));
      if (index.now().equals(seconds(14)) || index.now().equals(seconds(33))) {
        // Nobody is woken for these.
        offered.put(index.offer("urgent", 0), index.now());
        offered.put(index.offer("mails", 0), index.now());
      }
    });

    worker.stepUntil(seconds(60));

    assertThat(offered).hasSize(4);
    offered.forEach((id, at) -> assertThat(claimed.get(id)).isBetween(at, at.plus(LONGEST)));
  }

  @Test
  void howeverOftenItIsWokenForOneQueueItCanBeWokenForTheOthers() throws InterruptedException {
    Bench worker = new Bench("urgent", "bulk");
    Map<JobId, Duration> offered = new HashMap<>();
    index.meanwhile(() -> {
      trickle("bulk", seconds(1));
      if (index.now().toMillis() % 7_000 == 500) {
        offered.put(index.offer("urgent", 1), index.now());
      }
    });

    worker.stepUntil(seconds(60));

    assertThat(offered).hasSizeGreaterThan(5);
    offered.forEach((id, at) -> assertThat(claimed.get(id)).isEqualTo(at));
  }

  @Test
  void withoutAnyWakeUpEveryQueueIsLookedIntoAfterFiveSeconds() throws InterruptedException {
    Bench worker = new Bench("a", "b");
    Map<JobId, Duration> offered = new HashMap<>();
    index.meanwhile(() -> {
      if (index.now().equals(seconds(12))) {
        offered.put(index.offer("a", 0), index.now());
        offered.put(index.offer("b", 0), index.now());
      }
    });

    worker.stepUntil(seconds(30));

    assertThat(offered).hasSize(2);
    offered.forEach((id, at) -> assertThat(claimed.get(id)).isBetween(at, at.plus(LONGEST)));
  }

  @Test
  void aJobThatItsWakeUpNamesIsClaimedWithoutATake() throws InterruptedException {
    Bench worker = new Bench("q");
    Map<JobId, List<String>> askedUntilClaim = new HashMap<>();
    index.meanwhile(() -> {
      if (index.now().equals(seconds(1))) {
        JobId job = index.offer("q", 1);
        index.asked.clear();
        worker.fault =
            () -> {
              askedUntilClaim.putIfAbsent(job, List.copyOf(index.asked));
              return null;
            };
      }
    });

    worker.stepUntil(seconds(2));

    assertThat(claimed).containsOnlyKeys(askedUntilClaim.keySet()).hasSize(1);
    assertThat(askedUntilClaim.values()).containsExactly(List.of());
    // Its id is gone: it is not claimed a second time.
    assertThat(worker.claims).isOne();
    assertThat(index.real.take("q", 10)).isEmpty();
  }

  @Test
  void aNamedJobThatAnotherHasIsFollowedByATake() throws InterruptedException {
    Bench worker = new Bench("q");
    index.meanwhile(() -> {
      if (index.now().equals(seconds(1))) {
        index.offer("q", 1);
        index.real.take("q", 1);
        index.offer("q", 0);
        worker.fault = () -> worker.claims == 1 ? Claimed.NOTHING : null;
      }
    });

    worker.stepUntil(seconds(2));

    assertThat(worker.claims).isEqualTo(2);
    assertThat(claimed).hasSize(1).containsValue(seconds(1));
  }

  // QUE-18
  @Test
  void aResumedQueueIsLookedIntoWhenThePausesAreRead() throws InterruptedException {
    store.pauses().pause("paused", "who", "why", index.clock.instant());
    JobId waiting = index.offer("paused", 0);
    Bench worker = new Bench("paused", "open");
    index.meanwhile(() -> {
      if (index.now().equals(seconds(11))) {
        store.pauses().resume("paused");
      }
    });

    worker.stepUntil(seconds(20));

    assertThat(claimed.get(waiting)).isBetween(seconds(11), seconds(13));
  }

  // BUG-25
  @Test
  void aPausedQueueWakesOtherWorkersOnly() throws InterruptedException {
    Bench worker = new Bench("q", "open");
    WorkerId other = WorkerId.next();
    index.meanwhile(() -> {
      if (index.now().equals(seconds(1))) {
        store.pauses().pause("q", "who", "why", index.clock.instant());
      }
      if (index.now().equals(seconds(9))) {
        index.idle(other, List.of("q"));
        index.offer("q", 1);
      }
    });

    worker.stepUntil(seconds(10));

    assertThat(index.isWoken(other)).isTrue();
    assertThat(claimed).isEmpty();
  }

  @Test
  void aStoppingWorkerLeavesWakeUpsToAnIdleOne() throws InterruptedException {
    Bench stopping = new Bench("a", "b");
    WorkerId idle = WorkerId.next();
    stopping.stepUntil(seconds(1));
    index.idle(idle, List.of("a", "b"));

    // It waited longest, so it is woken first.
    index.offer("a", 1);
    assertThat(index.isWoken(idle)).isFalse();
    stopping.poller.stopping();
    assertThat(index.isWoken(idle)).isTrue();

    stopping.poller.stopped();
    index.offer("b", 1);
    assertThat(index.isWoken(idle)).isTrue();
    assertThat(index.isWoken(stopping.id())).isFalse();
  }

  @Test
  void aWakeUpThatComesLateToAStoppingWorkerGoesToAnIdleOne() throws InterruptedException {
    Bench stopping = new Bench("a");
    WorkerId idle = WorkerId.next();
    stopping.stepUntil(seconds(1));
    stopping.poller.stopping();
    index.idle(idle, List.of("a"));
    // As by an offer that had chosen it before its note was taken back.
    AtomicBoolean sent = new AtomicBoolean();
    index.meanwhile(() -> {
      if (!sent.getAndSet(true)) {
        index.busy(idle, List.of("a"));
        index.idle(stopping.id(), List.of("a"));
        index.offer("a", 1);
        index.idle(idle, List.of("a"));
      }
    });

    stopping.poller.stopped();

    assertThat(index.isWoken(idle)).isTrue();
  }

  @Test
  void aDrainingWorkerLeavesWakeUpsToAnIdleOne() throws InterruptedException {
    Bench draining = new Bench("a");
    WorkerId idle = WorkerId.next();
    draining.stepUntil(seconds(1));
    index.idle(idle, List.of("a"));
    store.workers().drain(draining.id());
    draining.heartbeat.step();

    index.offer("a", 1);
    draining.poller.step();

    assertThat(index.isWoken(idle)).isTrue();
    index.offer("a", 1);
    assertThat(index.isWoken(draining.id())).isFalse();
    assertThat(claimed).isEmpty();
  }

  @Test
  void aWorkerThatCannotClaimLeavesWakeUpsToAnIdleOne() throws InterruptedException {
    Bench cutOff = new Bench("a");
    WorkerId idle = WorkerId.next();
    cutOff.stepUntil(seconds(1));
    index.idle(idle, List.of("a"));
    index.clock.advance(seconds(4));
    store.setAvailable(false);

    assertThatThrownBy(cutOff.poller::step).isInstanceOf(StoreUnavailableException.class);
    index.offer("a", 1);

    assertThat(index.isWoken(idle)).isTrue();
  }

  @Test
  void aWorkerWithTooManyUnstoredOutcomesLeavesWakeUpsToAnIdleOne() throws InterruptedException {
    Bench behind = new Bench("a");
    WorkerId idle = WorkerId.next();
    behind.stepUntil(seconds(1));
    index.idle(idle, List.of("a"));
    tooManyUnstored.set(true);

    behind.poller.step();
    index.offer("a", 1);

    assertThat(index.isWoken(idle)).isTrue();
  }

  // WRK-03
  @Test
  void aFullWorkerLeavesWakeUpsToAnIdleOne() throws InterruptedException {
    Bench full = new Bench("a", "b");
    full.jobsLast = true;
    WorkerId idle = WorkerId.next();
    index.meanwhile(() -> {
      if (index.now().equals(seconds(2))) {
        index.idle(idle, List.of("a", "b"));
        for (int i = 0; i < 10; i++) {
          index.offer("b", 0);
        }
        index.offer("a", 1);
      }
    });

    full.stepUntil(seconds(2));
    full.poller.step();
    index.offer("b", 1);

    assertThat(full.slots.free()).isZero();
    assertThat(index.isWoken(idle)).isTrue();
  }

  @Test
  void aQueueThatTheIndexRefusesIsPolledAndCostsNoOther() throws InterruptedException {
    Bench worker = new Bench("odd", "open");
    index.refuse("odd");
    NewJob stored = NewJobBuilder.aNewJob().queue("odd").datequeued(index.clock.instant()).build();
    store.jobs().insert(List.of(stored));
    JobId offered = index.offer("open", 0);

    worker.poller.step();

    assertThat(claimed).containsOnlyKeys(offered, stored.id());
    assertThat(worker.slots.free()).isEqualTo(10);
  }

  @Test
  void aQueueThatTheIndexRefusesIsPolledWhileTheOthersAreEmpty() throws InterruptedException {
    Bench worker = new Bench("odd", "open");
    index.refuse("odd");
    NewJob stored = NewJobBuilder.aNewJob().queue("odd").datequeued(index.clock.instant()).build();
    store.jobs().insert(List.of(stored));

    worker.poller.step();

    assertThat(claimed).containsOnlyKeys(stored.id());
  }

  @Test
  void aWorkerThatGoesOnUnderANewIdIsNotedUnderTheOldOneNoMore() throws InterruptedException {
    Bench worker = new Bench("a");
    worker.stepUntil(seconds(1));
    WorkerId old = worker.id();
    store.workers().markLost(old, store.workers().beats().getFirst().beat());
    worker.heartbeat.step();
    worker.poller.step();

    JobId job = index.offer("a", 1);
    worker.poller.step();

    assertThat(index.isWoken(old)).isFalse();
    assertThat(claimed).containsKey(job);
  }

  private void offerMany(String queue, int jobs) {
    for (int i = 0; i < jobs; i++) {
      index.offer(queue, 0);
    }
  }

  @Test
  void afterAClaimThatMayHaveWonJobsNoMoreAreTakenInTheSameLook() throws InterruptedException {
    Bench worker = new Bench("a");
    offerMany("a", 100);
    worker.fault = () -> Claimed.UNKNOWN;

    worker.poller.step();

    assertThat(worker.claims).as("one before it is noted as idle, and one after").isEqualTo(2);
    assertThat(index.real.take("a", 100)).hasSize(80);
    assertThat(worker.slots.free()).isEqualTo(10);
  }

  @Test
  void idsOfJobsThatAreGoneAreFollowedByOthersAtOnce() throws InterruptedException {
    Bench worker = new Bench("a");
    offerMany("a", 95);
    worker.fault = () -> worker.claims < 10 ? Claimed.NOTHING : null;

    worker.poller.step();

    assertThat(claimed).hasSize(5);
  }

  @Test
  void aWorkerThatIsStoppedWhileItClaimsTakesNoMore() throws InterruptedException {
    Bench worker = new Bench("a", "b");
    offerMany("a", 100);
    offerMany("b", 100);
    worker.fault =
        () -> {
          stop(worker);
          return Claimed.NOTHING;
        };

    worker.poller.step();

    assertThat(worker.claims).isEqualTo(1);
  }

  private static void stop(Bench worker) {
    try {
      worker.poller.stopping();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLeaseThatGrowsOldWhileItClaimsIsProvenBeforeMoreIsTaken() throws InterruptedException {
    Bench worker = new Bench("a");
    offerMany("a", 100);
    worker.fault =
        () -> {
          index.clock.advance(seconds(16));
          store.setAvailable(false);
          return Claimed.NOTHING;
        };

    assertThatThrownBy(worker.poller::step).isInstanceOf(StoreUnavailableException.class);

    assertThat(worker.claims).isEqualTo(1);
    assertThat(worker.slots.free()).isEqualTo(10);
  }

  @Test
  void aNoteMadeAfterAllWereTakenBackIsTakenBackInTheEnd() throws InterruptedException {
    IdleNotes notes = new IdleNotes(index, offers);
    WorkerId stopping = WorkerId.next();
    WorkerId idle = WorkerId.next();
    notes.note(stopping, List.of(new Exact("a")));
    notes.takeBack();
    notes.noteAgain(stopping, new Exact("a"));
    index.idle(idle, List.of("a"));

    notes.leave();
    index.offer("a", 1);

    assertThat(index.isWoken(stopping)).isFalse();
    assertThat(index.isWoken(idle)).isTrue();
  }
}
