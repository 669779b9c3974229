package io.mrq.engine.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.engine.maintenance.FaultyCalls;
import io.mrq.engine.maintenance.MaintenanceEvents;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.recovery.RecoveryStore;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.builder.NewJobBuilder;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The index is rebuilt from the store, from the head (protocol §7.1). */
class DispatchReconcilerTest {
  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final InMemoryDispatchIndex index = new InMemoryDispatchIndex();
  private final DispatchReconciler reconciler =
      new DispatchReconciler(store.recovery(), index, MaintenanceEvents.NONE);

  private List<NewJob> queued(int count) {
    List<NewJob> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(
          NewJobBuilder.aNewJob()
              .queue("q")
              .datequeued(clock.advance(Duration.ofMillis(1)))
              .build());
    }
    store.jobs().insert(jobs);
    return jobs;
  }

  private static List<JobId> ids(List<NewJob> jobs) {
    return jobs.stream().map(NewJob::id).toList();
  }

  // BUG-44
  @Test
  void aJobWhoseOfferWasLostIsOffered() {
    List<NewJob> jobs = queued(3);
    reconciler.pass();
    assertThat(index.take("q", 10)).containsExactlyElementsOf(ids(jobs));
  }

  @Test
  void afterAFlushEverythingComesBackInOrder() {
    List<NewJob> jobs = queued(12_000);
    reconciler.pass();
    index.flush();
    assertThat(reconciler.pass()).isNotNull();
    assertThat(index.take("q", 20_000)).containsExactlyElementsOf(ids(jobs));
  }

  @Test
  void afterAFlushAndOneMoreEnqueuedTheOldOnesStillComeFirst() {
    List<NewJob> jobs = queued(3_000);
    reconciler.pass();
    index.flush();
    NewJob late = queued(1).getFirst();
    index.offer("q", List.of(late.ready()), 0);
    reconciler.pass();
    assertThat(index.take("q", 3)).containsExactlyElementsOf(ids(jobs.subList(0, 3)));
  }

  @Test
  void whatIsAlreadyReadyIsNotOfferedAgain() {
    List<NewJob> jobs = queued(5);
    reconciler.pass();
    reconciler.pass();
    assertThat(index.missing("q", ids(jobs)).size()).isEqualTo(5);
  }

  // MIX-15
  @Test
  void jobsOfPythonGetAnOrderAndAreOffered() {
    Job python = JobBuilder.aJob().queue("q").order(null).datequeued(clock.instant()).build();
    store.insertAsIs(python);
    reconciler.pass();
    assertThat(index.take("q", 10)).containsExactly(python.id());
    assertThat(store.queries().find(python.id()).orElseThrow().order()).isNotNull();
  }

  @Test
  void whileTheIndexIsAwayItWaitsAndThenGoesOn() {
    List<NewJob> jobs = queued(2);
    index.setAvailable(false);
    assertThat(reconciler.pass()).isPositive();
    index.setAvailable(true);
    reconciler.pass();
    assertThat(index.take("q", 10)).containsExactlyElementsOf(ids(jobs));
  }

  @Test
  void aLargeQueueIsRefilledPieceByPieceAsItIsDrained() {
    List<NewJob> jobs = queued(60_000);
    Set<JobId> taken = new HashSet<>();
    for (int round = 0; round < 200 && taken.size() < jobs.size(); round++) {
      reconciler.pass();
      List<JobId> some = index.take("q", 5_000);
      taken.addAll(some);
      store.jobs().withdraw(some);
    }
    assertThat(taken).hasSameSizeAs(jobs);
  }

  @Test
  void aJobThatPythonRequeuedGoesToTheTail() {
    List<NewJob> jobs = queued(3);
    reconciler.pass();
    Job requeued =
        JobBuilder.like(store.queries().find(jobs.getFirst().id()).orElseThrow())
            .datequeued(clock.advance(Duration.ofHours(1)))
            .build();
    store.insertAsIs(requeued);

    reconciler.pass();

    assertThat(index.take("q", 10))
        .containsExactly(jobs.get(1).id(), jobs.get(2).id(), jobs.get(0).id());
  }

  // MIX-15
  @Test
  void idsOfJobsThatPythonTookAreDropped() {
    List<NewJob> jobs = queued(5);
    reconciler.pass();
    for (NewJob taken : jobs.subList(0, 4)) {
      Job running =
          JobBuilder.like(store.queries().find(taken.id()).orElseThrow())
              .status(JobStatus.STARTED)
              .build();
      store.insertAsIs(running);
    }

    reconciler.pass();

    assertThat(index.missing("q", List.of()).size()).isEqualTo(1);
    assertThat(index.take("q", 10)).containsExactly(jobs.getLast().id());
  }

  @Test
  void aJobThatCameBackToAnEarlierPlaceIsNotDropped() {
    List<NewJob> jobs = queued(2);
    // It was put back after the head was read: before it in the index, and queued in the store.
    NewJob back = NewJobBuilder.aNewJob().queue("q").datequeued(Instant.EPOCH).build();
    FaultyCalls faults = new FaultyCalls();
    DispatchIndex late = faults.of(DispatchIndex.class, index);
    faults.on(
        "firstBelow",
        () -> {
          store.jobs().insert(List.of(back));
          index.offer("q", List.of(back.ready()), 0);
          faults.on("firstBelow", () -> {});
        });

    new DispatchReconciler(store.recovery(), late, MaintenanceEvents.NONE).pass();

    assertThat(index.take("q", 10)).containsExactly(back.id(), jobs.get(0).id(), jobs.get(1).id());
  }

  @Test
  void oneQueueThatTheIndexRefusesDoesNotKeepTheOthersFromTheirTurn() {
    List<NewJob> jobs = new ArrayList<>();
    for (String queue : List.of("a", "b", "odd", "c", "d")) {
      jobs.add(NewJobBuilder.aNewJob().queue(queue).datequeued(clock.instant()).build());
    }
    store.jobs().insert(jobs);
    FaultyCalls faults = new FaultyCalls();
    faults.onArgument(
        "missing",
        "odd",
        () -> {
          throw new DispatchRefusedException("a key of another type", null);
        });
    DispatchReconciler faulty =
        new DispatchReconciler(
            store.recovery(), faults.of(DispatchIndex.class, index), MaintenanceEvents.NONE);

    faulty.pass();

    for (NewJob job : jobs) {
      assertThat(index.take(job.queue(), 1)).hasSize(job.queue().equals("odd") ? 0 : 1);
    }
  }

  @Test
  void oneQueueThatCannotBeReadDoesNotKeepTheOthersFromTheirTurn() {
    List<NewJob> jobs = new ArrayList<>();
    for (String queue : List.of("a", "b", "odd", "c", "d")) {
      jobs.add(NewJobBuilder.aNewJob().queue(queue).datequeued(clock.instant()).build());
    }
    store.jobs().insert(jobs);
    FaultyCalls faults = new FaultyCalls();
    faults.onArgument(
        "adopt",
        "odd",
        () -> {
          throw new IllegalStateException("an odd document");
        });
    DispatchReconciler faulty =
        new DispatchReconciler(
            faults.of(RecoveryStore.class, store.recovery()), index, MaintenanceEvents.NONE);

    assertThatThrownBy(faulty::pass).hasMessage("an odd document");

    for (NewJob job : jobs) {
      assertThat(index.take(job.queue(), 1)).hasSize(job.queue().equals("odd") ? 0 : 1);
    }
  }
}
