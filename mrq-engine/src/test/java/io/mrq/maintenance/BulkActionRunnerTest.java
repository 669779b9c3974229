package io.mrq.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.client.BulkActions;
import io.mrq.dispatch.JobOffers;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.store.BulkAction;
import io.mrq.store.BulkAction.Kind;
import io.mrq.store.BulkAction.Status;
import io.mrq.store.BulkFilter;
import io.mrq.store.BulkMoves;
import io.mrq.store.BulkProgress;
import io.mrq.store.JobFilter;
import io.mrq.store.NotStorableException;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.TaskRegistry;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.memory.InMemoryDispatchIndex;
import io.mrq.test.memory.InMemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bulk actions: exactly the jobs of the filter, whoever dies (SEED-13, UI-11). */
class BulkActionRunnerTest {
  private static final BulkFilter FAILED =
      BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.FAILED)));

  // Ids carry the system's time; all that a test makes lies before the clock's.
  private final MutableClock clock =
      MutableClock.at(JobId.next().date().plus(Duration.ofHours(1)));
  private final InMemoryStore store = new InMemoryStore(clock);
  private final InMemoryDispatchIndex index = new InMemoryDispatchIndex();
  private final AtomicLong nanos = new AtomicLong();
  private final BulkActions actions = new BulkActions(store.actions(), store.bulk(), clock);
  private @Nullable Runnable beforeMove;
  private @Nullable Runnable afterMove;

  private BulkActionRunner runner() {
    BulkMoves hooked = hooked();
    return new BulkActionRunner(
        store.actions(),
        hooked,
        new BatchMover(hooked, new JobOffers(index), new TaskRegistry(List.of())),
        MaintenanceEvents.NONE,
        clock,
        nanos::get);
  }

  @Test
  void exactlyTheJobsOfTheFilterAreRequeued_SEED13() {
    List<JobId> failed = jobs(1234, JobStatus.FAILED, "mails");
    List<JobId> others = jobs(5, JobStatus.FAILED, "others");
    List<JobId> succeeded = jobs(5, JobStatus.SUCCESS, "mails");
    BulkAction action = started(Kind.REQUEUE, BulkFilter.of(FAILED.jobs().queue("mails")), null);
    assertThat(action.progress().total()).isEqualTo(1234);

    run(runner());

    assertThat(ended(action).status()).isEqualTo(Status.DONE);
    assertThat(ended(action).progress().moved()).isEqualTo(1234);
    assertThat(ended(action).progress().skipped()).isZero();
    assertThat(in(JobStatus.QUEUED)).containsExactlyInAnyOrderElementsOf(failed);
    assertThat(in(JobStatus.FAILED)).containsExactlyInAnyOrderElementsOf(others);
    assertThat(in(JobStatus.SUCCESS)).containsExactlyInAnyOrderElementsOf(succeeded);
    assertThat(index.take("mails", 2000)).containsExactlyElementsOf(failed);
  }

  @Test
  void jobsAreCancelledAndLeaveTheIndex() {
    List<JobId> waiting = jobs(600, JobStatus.QUEUED, "mails");
    List<JobId> running = jobs(3, JobStatus.STARTED, "mails");
    new JobOffers(index).offer(waiting.stream().map(id -> new ReadyJob(id, "mails", 1)).toList());
    BulkFilter filter = BulkFilter.of(JobFilter.ALL.queue("mails"));
    assertThat(actions.preview(Kind.CANCEL, filter, null)).isEqualTo(600);
    BulkAction action = started(Kind.CANCEL, filter, null);

    run(runner());

    assertThat(ended(action).progress())
        .returns(603L, BulkProgress::total)
        .returns(600L, BulkProgress::moved)
        .returns(3L, BulkProgress::skipped);
    assertThat(in(JobStatus.CANCEL)).containsExactlyInAnyOrderElementsOf(waiting);
    assertThat(in(JobStatus.STARTED)).containsExactlyInAnyOrderElementsOf(running);
    assertThat(job(waiting.getFirst()).dateexpires())
        .isEqualTo(clock.instant().plus(Duration.ofDays(1)));
    assertThat(index.take("mails", 1000)).isEmpty();
  }

  @Test
  void jobsMoveToAnotherQueueByTheirPriority() {
    JobId low = store(JobBuilder.aJob().status(JobStatus.FAILED).queue("a").priority(-1));
    JobId high = store(JobBuilder.aJob().status(JobStatus.FAILED).queue("b").priority(1));
    started(Kind.REQUEUE, FAILED, "target");

    run(runner());

    assertThat(index.take("target", 10)).containsExactly(high, low);
    assertThat(job(low).queue()).isEqualTo("target");
  }

  @Test
  void onlyTheChosenIdsAreMovedAndTheOthersOfThemSkipped() {
    List<JobId> failed = jobs(3, JobStatus.FAILED, "q");
    JobId running = jobs(1, JobStatus.STARTED, "q").getFirst();
    BulkAction action =
        started(
            Kind.REQUEUE,
            new BulkFilter(JobFilter.ALL, List.of(failed.get(0), failed.get(2), running)),
            null);

    run(runner());

    assertThat(ended(action).progress())
        .returns(2L, BulkProgress::moved)
        .returns(1L, BulkProgress::skipped);
    assertThat(in(JobStatus.FAILED)).containsExactly(failed.get(1));
  }

  @Test
  void jobsOfOtherStatusesOnlyAreNotTouched() {
    jobs(2, JobStatus.SUCCESS, "q");
    BulkFilter filter = BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.SUCCESS)));
    BulkAction action = started(Kind.CANCEL, filter, null);

    run(runner());

    assertThat(ended(action).status()).isEqualTo(Status.DONE);
    assertThat(ended(action).progress().moved()).isZero();
    assertThat(ended(action).progress().skipped()).isEqualTo(2);
    assertThat(in(JobStatus.SUCCESS)).hasSize(2);
  }

  @Test
  void aJobThatIsMadeLaterIsNotTouched() {
    jobs(1, JobStatus.FAILED, "q");
    clock.advance(Duration.ofHours(-2));
    BulkAction action = started(Kind.REQUEUE, FAILED, null);

    run(runner());

    assertThat(ended(action).progress().moved()).isZero();
    assertThat(in(JobStatus.FAILED)).hasSize(1);
  }

  @Test
  void aJobThatFailsAgainIsNotMovedTwice() {
    JobId id = jobs(1, JobStatus.FAILED, "q").getFirst();
    jobs(600, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner runner = runner();
    runner.pass();
    runner.pass();
    assertThat(job(id).status()).isEqualTo(JobStatus.QUEUED);
    store.insertAsIs(JobBuilder.like(job(id)).status(JobStatus.FAILED).build());

    run(runner);

    assertThat(job(id).status()).isEqualTo(JobStatus.FAILED);
    assertThat(ended(action).progress().moved()).isEqualTo(601);
  }

  @Test
  void whatAnotherHasMovedMeanwhileIsSkipped() {
    List<JobId> failed = jobs(10, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    beforeMove =
        () ->
            store.insertAsIs(JobBuilder.like(job(failed.get(4))).status(JobStatus.SUCCESS).build());

    run(runner());

    assertThat(ended(action).progress())
        .returns(9L, BulkProgress::moved)
        .returns(1L, BulkProgress::skipped);
    assertThat(in(JobStatus.SUCCESS)).containsExactly(failed.get(4));
  }

  @Test
  void aRunnerThatDiesBeforeItsWriteLosesNothing() {
    diesAndIsReplaced(() -> beforeMove = BulkActionRunnerTest::die);
  }

  @Test
  void whatADeadRunnerHadMovedIsCountedOnce() {
    diesAndIsReplaced(() -> afterMove = BulkActionRunnerTest::die);
  }

  private void diesAndIsReplaced(Runnable rig) {
    List<JobId> failed = jobs(2100, JobStatus.FAILED, "q");
    List<JobId> others = jobs(100, JobStatus.SUCCESS, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner doomed = runner();
    doomed.pass();
    doomed.pass();
    rig.run();
    assertThatThrownBy(doomed::pass).isInstanceOf(Killed.class);
    beforeMove = null;
    afterMove = null;
    BulkActionRunner heir = runner();
    for (int look = 0; look < 9; look++) {
      heir.pass();
      nanos.addAndGet(1_000_000_000);
    }
    assertThat(find(action).progress().moved()).isEqualTo(500);

    run(heir);

    assertThat(ended(action).status()).isEqualTo(Status.DONE);
    assertThat(ended(action).progress())
        .returns(2100L, BulkProgress::total)
        .returns(2100L, BulkProgress::moved)
        .returns(0L, BulkProgress::skipped);
    assertThat(in(JobStatus.QUEUED)).containsExactlyInAnyOrderElementsOf(failed);
    assertThat(in(JobStatus.SUCCESS)).containsExactlyInAnyOrderElementsOf(others);
  }

  @Test
  void aRunnerThatWorksIsNotReplaced() {
    jobs(20 * BulkActionRunner.BATCH, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner runner = runner();
    BulkActionRunner other = runner();
    for (int i = 0; i < 15; i++) {
      runner.pass();
      assertThat(other.pass()).isEqualTo(Duration.ofSeconds(1));
      nanos.addAndGet(1_000_000_000);
    }

    run(runner);

    assertThat(ended(action).progress().moved()).isEqualTo(20L * BulkActionRunner.BATCH);
  }

  @Test
  void aPausedObserverDoesNotTakeItsOwnSleepForADeath() {
    jobs(3000, JobStatus.FAILED, "q");
    started(Kind.REQUEUE, FAILED, null);
    runner().pass();
    BulkActionRunner observer = runner();
    observer.pass();

    nanos.addAndGet(Duration.ofHours(1).toNanos());
    observer.pass();

    assertThat(in(JobStatus.QUEUED)).isEmpty();
  }

  @Test
  void aStopIsHeardBetweenBatches() {
    jobs(2000, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner runner = runner();
    runner.pass();
    runner.pass();
    actions.stop(action.id());

    run(runner);

    assertThat(ended(action).status()).isEqualTo(Status.STOPPED);
    assertThat(ended(action).progress().moved()).isEqualTo(500);
    assertThat(in(JobStatus.QUEUED)).hasSize(500);
  }

  @Test
  void aStopAfterADeathCountsWhatWasMoved() {
    jobs(2000, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner doomed = runner();
    doomed.pass();
    afterMove = BulkActionRunnerTest::die;
    assertThatThrownBy(doomed::pass).isInstanceOf(Killed.class);
    afterMove = null;
    actions.stop(action.id());

    run(runner());

    assertThat(ended(action).status()).isEqualTo(Status.STOPPED);
    assertThat(ended(action).progress().moved()).isEqualTo(500);
  }

  @Test
  void anActionThatCannotGoOnFailsAndTheOthersGoOn() {
    List<JobId> failed = jobs(2, JobStatus.FAILED, "q");
    BulkAction bad = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner runner = runner();
    runner.pass();
    beforeMove =
        () -> {
          throw new NotStorableException("too large", null);
        };
    runner.pass();
    beforeMove = null;
    BulkAction good = started(Kind.REQUEUE, FAILED, null);

    run(runner);

    assertThat(ended(bad).status()).isEqualTo(Status.FAILED);
    assertThat(ended(bad).error()).contains("too large");
    assertThat(ended(good).status()).isEqualTo(Status.DONE);
    assertThat(in(JobStatus.QUEUED)).containsExactlyInAnyOrderElementsOf(failed);
  }

  @Test
  void whileTheStoreIsAwayItWaitsAndThenGoesOn() {
    jobs(600, JobStatus.FAILED, "q");
    BulkAction action = started(Kind.REQUEUE, FAILED, null);
    BulkActionRunner runner = runner();
    runner.pass();
    store.setAvailable(false);
    assertThatThrownBy(runner::pass).isInstanceOf(StoreUnavailableException.class);
    store.setAvailable(true);

    run(runner);

    assertThat(ended(action).progress().moved()).isEqualTo(600);
  }

  @Test
  void manyActionsTakeTurns() {
    jobs(1500, JobStatus.FAILED, "large");
    jobs(10, JobStatus.FAILED, "small");
    BulkAction large = started(Kind.REQUEUE, BulkFilter.of(JobFilter.ALL.queue("large")), null);
    BulkAction small = started(Kind.REQUEUE, BulkFilter.of(JobFilter.ALL.queue("small")), null);
    BulkActionRunner runner = runner();

    runner.pass();
    runner.pass();

    assertThat(find(small).status()).isEqualTo(Status.DONE);
    assertThat(find(large).status()).isEqualTo(Status.RUNNING);
  }

  @Test
  void aJobThatAWorkerHasClaimedMeanwhileIsLeftToIt() {
    JobId id = jobs(1, JobStatus.QUEUED, "q").getFirst();
    BulkAction action = started(Kind.CANCEL, BulkFilter.of(JobFilter.ALL.queue("q")), null);
    beforeMove =
        () -> store.jobs().claim(Claim.by(WorkerId.next()), "q", List.of(id), clock.instant());

    run(runner());

    assertThat(job(id).status()).isEqualTo(JobStatus.STARTED);
    assertThat(ended(action).progress().skipped()).isEqualTo(1);
  }

  private void run(BulkActionRunner runner) {
    for (int pass = 0; pass < 1000 && !store.actions().open(1).isEmpty(); pass++) {
      nanos.addAndGet(1_000_000_000);
      runner.pass();
    }
  }

  private BulkAction started(Kind kind, BulkFilter filter, @Nullable String queue) {
    BulkAction action = actions.prepare(kind, filter, queue, "operator");
    actions.start(action);
    return action;
  }

  private BulkAction find(BulkAction action) {
    return actions.find(action.id()).orElseThrow();
  }

  private BulkAction ended(BulkAction action) {
    BulkAction now = find(action);
    assertThat(now.status().isOpen()).isFalse();
    assertThat(now.ended()).isEqualTo(clock.instant());
    return now;
  }

  private List<JobId> jobs(int count, JobStatus status, String queue) {
    List<JobId> ids = new ArrayList<>(count);
    IntStream.range(0, count)
        .forEach(_ -> ids.add(store(JobBuilder.aJob().status(status).queue(queue))));
    return ids;
  }

  private JobId store(JobBuilder builder) {
    Job job = builder.id(JobId.next()).build();
    store.insertAsIs(job);
    return job.id();
  }

  private Job job(JobId id) {
    return store.queries().find(id).orElseThrow();
  }

  private List<JobId> in(JobStatus status) {
    return store.queries().list(JobFilter.ALL.statuses(Set.of(status)), null, 100_000).stream()
        .map(Job::id)
        .toList();
  }

  private static void die() {
    throw new Killed();
  }

  /** What ends a runner between two steps, as kill -9 does. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private BulkMoves hooked() {
    return (BulkMoves)
        Proxy.newProxyInstance(
            BulkMoves.class.getClassLoader(),
            new Class<?>[] {BulkMoves.class},
            (_, method, args) -> {
              boolean move =
                  method.getName().equals("requeue") || method.getName().equals("cancel");
              Runnable before = beforeMove;
              if (move && before != null) {
                before.run();
              }
              Object answer;
              try {
                answer = method.invoke(store.bulk(), args);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
              Runnable after = afterMove;
              if (move && after != null) {
                after.run();
              }
              return answer;
            });
  }
}
