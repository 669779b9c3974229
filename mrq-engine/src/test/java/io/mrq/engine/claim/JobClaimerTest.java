package io.mrq.engine.claim;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.heartbeat.WorkerLease;
import io.mrq.engine.home.DocumentHome;
import io.mrq.engine.run.HoldAhead;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.run.WorkerSlots;
import io.mrq.engine.worker.FaultyJobStore;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.queue.ServedQueues;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Claims of one job and of many, and what was won before it is loaded. */
class JobClaimerTest {
  private static final int SLOTS = 10;

  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore memory = new InMemoryStore(clock);
  private final FaultyJobStore store = new FaultyJobStore(memory.jobs());
  private final WorkerSlots slots = new WorkerSlots(SLOTS);
  private final WorkerLease lease = new WorkerLease(() -> 0);
  private final RunningJobs runs = new RunningJobs();
  private final List<Job> begun = new ArrayList<>();
  private final Deque<Runnable> loads = new ArrayDeque<>();
  private final JobClaimer claimer =
      new JobClaimer(
          ServedQueues.of(List.of("default")),
          store.store(),
          lease,
          runs,
          new DocumentHome(store.store()),
          slots,
          new UnknownTasks(_ -> true, store.store(), memory.parked(), List::of, () -> {}, clock),
          new HeldJobs(
              (job, claim, home) -> begun.add(job),
              slots,
              HoldAhead.off(),
              lease,
              new JobDispatcher(new InMemoryDispatchIndex()),
              clock,
              () -> 0),
          new LoadExecutor() {
            @Override
            public void execute(Runnable load) {
              loads.add(load);
            }

            @Override
            public boolean isIdle() {
              return loads.isEmpty();
            }
          },
          () -> {},
          WorkerEvents.NONE,
          clock);

  private List<JobId> stored(int count) {
    List<JobId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NewJob job = aNewJob().queue("default").build();
      memory.jobs().insert(List.of(job));
      ids.add(job.id());
    }
    return ids;
  }

  @Test
  void aSingleJobIsClaimedAndStartedInOneCall() throws InterruptedException {
    List<JobId> ids = stored(1);
    slots.reserve(1);

    assertThat(claimer.claim("default", ids)).isEqualTo(new Claimed(1, false));

    assertThat(begun).extracting(Job::id).isEqualTo(ids);
    assertThat(loads).isEmpty();
    assertThat(store.calls("claim")).isEqualTo(1);
    assertThat(store.calls("claimed")).isZero();
    assertThat(runs.isEmpty()).isTrue();
  }

  @Test
  void aSingleJobThatIsGoneIsWonByNobody() throws InterruptedException {
    assertThat(claimer.claim("default", List.of(JobId.next()))).isEqualTo(Claimed.NOTHING);

    assertThat(runs.isEmpty()).isTrue();
  }

  @Test
  void aSingleJobWhoseReplyIsLostIsFoundByItsToken() throws InterruptedException {
    List<JobId> ids = stored(1);
    store.loseReplies("claim", 2);

    assertThat(claimer.claim("default", ids)).isEqualTo(new Claimed(1, false));

    assertThat(begun).singleElement().satisfies(job -> assertThat(job.attempt()).isEqualTo(1));
  }

  @Test
  void manyJobsAreLoadedBesideTheNextClaim() throws InterruptedException {
    List<JobId> first = stored(3);
    List<JobId> second = stored(4);
    slots.reserve(7);

    assertThat(claimer.claim("default", first)).isEqualTo(new Claimed(3, false));
    assertThat(claimer.claim("default", second)).isEqualTo(new Claimed(4, false));
    assertThat(begun).isEmpty();
    assertThat(runs.isEmpty()).as("both are on their way").isFalse();

    loads.removeFirst().run();
    assertThat(begun).extracting(Job::id).containsExactlyInAnyOrderElementsOf(first);
    loads.removeFirst().run();
    assertThat(begun).hasSize(7);
    assertThat(runs.isEmpty()).isTrue();
    assertThat(slots.free()).isEqualTo(SLOTS - 7);
  }

  @Test
  void aSingleJobDoesNotOvertakeAClaimThatIsNotLoadedYet() throws InterruptedException {
    List<JobId> ids = stored(3);
    slots.reserve(3);
    claimer.claim("default", ids.subList(0, 2));

    claimer.claim("default", ids.subList(2, 3));

    assertThat(begun).isEmpty();
    loads.forEach(Runnable::run);
    assertThat(begun).extracting(Job::id).isEqualTo(ids);
  }

  @Test
  void thePlaceOfAJobThatIsLostBeforeItIsLoadedIsFreeAgain() throws InterruptedException {
    List<JobId> ids = stored(3);
    slots.reserve(3);
    claimer.claim("default", ids);
    memory
        .moves()
        .cancel(ids.getFirst(), Set.of(JobStatus.STARTED), clock.instant(), clock.instant());

    loads.removeFirst().run();

    assertThat(begun).extracting(Job::id).containsExactlyInAnyOrder(ids.get(1), ids.get(2));
    assertThat(slots.free()).isEqualTo(SLOTS - 2);
    assertThat(runs.isEmpty()).isTrue();
  }

  @Test
  void aLoadWhoseReplyIsLostIsRepeatedAndTheClaimIsNot() throws InterruptedException {
    List<JobId> ids = stored(3);
    claimer.claim("default", ids);
    store.loseReplies("claimed", 2);

    loads.removeFirst().run();

    assertThat(begun).hasSize(3).allSatisfy(job -> assertThat(job.attempt()).isEqualTo(1));
    assertThat(store.calls("claim")).isEqualTo(1);
  }
}
