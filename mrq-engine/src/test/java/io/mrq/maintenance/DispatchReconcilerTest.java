package io.mrq.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.builder.NewJobBuilder;
import io.mrq.test.memory.InMemoryDispatchIndex;
import io.mrq.test.memory.InMemoryStore;
import java.time.Duration;
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

  @Test
  void aJobWhoseOfferWasLostIsOffered_BUG44() {
    List<NewJob> jobs = queued(3);
    reconciler.pass();
    assertThat(index.take("q", 10)).containsExactlyElementsOf(ids(jobs));
  }

  @Test
  void afterAFlushEverythingComesBackInOrder_invariant1() {
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

  @Test
  void jobsOfPythonGetAnOrderAndAreOffered_MIX15() {
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
}
