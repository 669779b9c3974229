package io.mrq.test.contract.recovery;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.AttemptRecord;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.recovery.RecoveryStore.QueueHead;
import io.mrq.recovery.RecoveryStore.Rescue;
import io.mrq.stats.QueueCount;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@code RecoveryStore} does for the maintenance duties (protocol §7). */
public abstract class RecoveryStoreContract extends StoreContract {

  // lost workers

  @Test
  void onlyWorkersOfStartedJobsHaveRuns() {
    Claim one = claimed(stored(aNewJob()), stored(aNewJob()));
    Claim two = claimed(stored(aNewJob()));
    NewJob ended = stored(aNewJob());
    end(ended.id(), claimed(ended), new JobOutcome.Succeeded(1), NOW);
    stored(aNewJob());

    assertThat(ports.recovery().workersWithRuns())
        .containsExactlyInAnyOrder(one.worker(), two.worker());
  }

  // BAS-03
  @Test
  void runsOfOursAndOldOnesAreAbandonedByAWorkerWithoutADocument() {
    Claim ours = claimed(stored(aNewJob()));
    WorkerId young = new WorkerId("65a1b2c3d4e5f60718293a4b");
    WorkerId old = new WorkerId("65a1b2c3d4e5f60718293a4c");
    // Each takes a job that one of ours has run before, and leaves its claim there.
    store.startAsPython(jobIn(JobStatus.INTERRUPT), young, LATER);
    store.startAsPython(jobIn(JobStatus.INTERRUPT), old, NOW.minusMillis(1));
    Claim notAsked = claimed(stored(aNewJob()));

    assertThat(ports.recovery().abandoned(List.of(ours.worker(), young, old), NOW))
        .containsExactlyInAnyOrder(ours.worker(), old)
        .doesNotContain(notAsked.worker());
    assertThat(ports.recovery().abandoned(List.of(young), LATER)).isEmpty();
    assertThat(ports.recovery().abandoned(List.of(), LATER)).isEmpty();
  }

  // REQ-02
  @Test
  void theJobsOfALostWorkerGoBackToTheirOldPlaceAndCostNoRetry() {
    NewJob job = stored(aNewJob().priority(9));
    Claim dead = claimed(job);

    Rescue rescue = ports.recovery().rescue(dead.worker(), 5, LATER);

    assertRescue(rescue, List.of(job.ready()), 0);
    Job rescued = job(job.id());
    JobAssert.assertThat(rescued)
        .is(JobStatus.QUEUED)
        .hasNoClaim()
        .hasOrder(job.order())
        .hasCounts(1, 0, 1)
        .neverExpires();
    assertThat(rescued.datequeued()).isEqualTo(NOW);
    assertThat(rescued.dateupdated()).isEqualTo(LATER);
    assertThat(rescued.tracebackHistory()).hasSize(1);
    AttemptRecord line = rescued.tracebackHistory().getFirst();
    assertThat(line.date()).isEqualTo(LATER);
    assertThat(line.status()).isEqualTo("interrupt");
    assertThat(line.worker()).isEqualTo(dead.worker());
    assertThat(line.failure().exceptiontype()).isEqualTo("WorkerLost");
    assertThat(line.failure().traceback()).contains(dead.worker().hex());
  }

  @Test
  void aSecondRescueFindsNothingMoreToDo() {
    NewJob job = stored(aNewJob());
    Claim dead = claimed(job);
    ports.recovery().rescue(dead.worker(), 5, LATER);
    Job rescued = job(job.id());

    Rescue again = ports.recovery().rescue(dead.worker(), 5, LATER.plusSeconds(1));

    assertThat(again.failed()).isZero();
    assertThat(job(job.id())).isEqualTo(rescued);
  }

  @Test
  void theJobsOfOtherWorkersAndJobsThatEndedAreLeftAlone() {
    NewJob running = stored(aNewJob());
    Claim alive = claimed(running);
    NewJob ended = stored(aNewJob());
    NewJob retrying = stored(aNewJob());
    NewJob interrupted = stored(aNewJob());
    Claim dead = claimed(ended, retrying, interrupted);
    end(ended.id(), dead, new JobOutcome.Succeeded(1), NOW);
    end(retrying.id(), dead, new JobOutcome.Retried(Duration.ofSeconds(9), null, FAILURE), NOW);
    end(interrupted.id(), dead, new JobOutcome.Interrupted(FAILURE), NOW);

    assertRescue(ports.recovery().rescue(dead.worker(), 1, LATER), List.of(), 0);

    JobAssert.assertThat(job(running.id())).is(JobStatus.STARTED).isHeldBy(alive);
    JobAssert.assertThat(job(ended.id())).is(JobStatus.SUCCESS).hasCounts(1, 0, 0);
    JobAssert.assertThat(job(retrying.id())).is(JobStatus.RETRY).hasCounts(1, 1, 0);
    JobAssert.assertThat(job(interrupted.id())).is(JobStatus.INTERRUPT).hasCounts(1, 0, 0);
  }

  @Test
  void atTheCrashLimitAJobFailsWithoutItsNeighbours() {
    NewJob poison = stored(aNewJob());
    crash(poison, 4);
    JobAssert.assertThat(job(poison.id())).is(JobStatus.QUEUED).hasCounts(4, 0, 4);
    NewJob neighbour = stored(aNewJob());
    Claim dead = claimed(poison, neighbour);

    Rescue rescue = ports.recovery().rescue(dead.worker(), 5, LATER);

    assertRescue(rescue, List.of(neighbour.ready()), 1);
    Job failed = job(poison.id());
    JobAssert.assertThat(failed)
        .is(JobStatus.FAILED)
        .hasNoClaim()
        .hasCounts(5, 0, 5)
        .hasHistoryOf(5);
    assertThat(failed.exceptiontype()).isEqualTo("WorkerLost");
    assertThat(failed.traceback()).isNotBlank();
    assertThat(failed.dateexpires()).isAfter(LATER);
    JobAssert.assertThat(job(neighbour.id())).is(JobStatus.QUEUED).hasCounts(1, 0, 1);
  }

  @Test
  void withACrashLimitOfZeroAJobNeverFails() {
    NewJob job = stored(aNewJob());

    crash(job, 22);

    JobAssert.assertThat(job(job.id()))
        .is(JobStatus.QUEUED)
        .hasCounts(22, 0, 22)
        .hasHistoryOf(20)
        .neverExpires();
  }

  @Test
  void withACrashLimitOfOneTheFirstCrashFails() {
    NewJob job = stored(aNewJob());
    Claim dead = claimed(job);

    assertRescue(ports.recovery().rescue(dead.worker(), 1, LATER), List.of(), 1);

    JobAssert.assertThat(job(job.id())).is(JobStatus.FAILED).hasCounts(1, 0, 1);
  }

  private void crash(NewJob job, int times) {
    for (int i = 0; i < times; i++) {
      Claim dead = claimed(job);
      ports.recovery().rescue(dead.worker(), 0, NOW);
    }
  }

  @Test
  void manyReapersTogetherCountOneCrash() {
    List<NewJob> jobs = stored(50, "reaped");
    Claim dead = claimed(jobs.toArray(NewJob[]::new));

    Race.of(8, _ -> ports.recovery().rescue(dead.worker(), 5, LATER));

    assertThat(jobs)
        .allSatisfy(job ->
            JobAssert.assertThat(job(job.id()))
                .is(JobStatus.QUEUED)
                .hasCounts(1, 0, 1)
                .hasHistoryOf(1));
  }

  // due and interrupted

  @Test
  void aDueJobIsQueuedWithNothingButItsStatusChanged() {
    NewJob delayed = stored(aNewJob().queue("due").priority(3).dateretry(LATER));
    assertThat(ports.recovery().requeueDue(LATER.minusMillis(1), 10)).isEmpty();
    JobAssert.assertThat(job(delayed.id())).is(JobStatus.RETRY);

    assertThat(ports.recovery().requeueDue(LATER, 10)).containsExactly(delayed.ready());

    Job queued = job(delayed.id());
    JobAssert.assertThat(queued)
        .is(JobStatus.QUEUED)
        .hasOrder(delayed.order())
        .hasCounts(0, 0, 0)
        .neverExpires();
    assertThat(queued.dateretry()).isNull();
    assertThat(queued.dateupdated()).isEqualTo(LATER);
    assertThat(ports.recovery().requeueDue(LATER, 10)).isEmpty();
    assertThat(job(delayed.id())).isEqualTo(queued);
  }

  // RTY-04, BAS-01
  @Test
  void aDueRetryKeepsItsCountAndItsQueue() {
    NewJob job = stored(aNewJob());
    end(
        job.id(),
        claimed(job),
        new JobOutcome.Retried(Duration.ofSeconds(1), "elsewhere", FAILURE),
        NOW);

    assertThat(ports.recovery().requeueDue(LATER, 10))
        .containsExactly(new ReadyJob(job.id(), "elsewhere", JobOrder.of(NOW.plusSeconds(1), 0)));

    JobAssert.assertThat(job(job.id())).is(JobStatus.QUEUED).isIn("elsewhere").hasCounts(1, 1, 0);
  }

  @Test
  void dueJobsAreRequeuedInBoundedPieces() {
    for (int i = 0; i < 7; i++) {
      stored(aNewJob().dateretry(NOW.plusMillis(i)));
    }

    assertThat(ports.recovery().requeueDue(LATER, 3)).hasSize(3);
    assertThat(ports.recovery().requeueDue(LATER, 3)).hasSize(3);
    assertThat(ports.recovery().requeueDue(LATER, 3)).hasSize(1);
    assertThat(ports.recovery().requeueDue(LATER, 3)).isEmpty();
  }

  // BAS-02
  @Test
  void interruptedJobsAreRequeuedInBoundedPiecesToTheirOldPlace() {
    JobId first = jobIn(JobStatus.INTERRUPT);
    JobId second = jobIn(JobStatus.INTERRUPT);
    JobId started = jobIn(JobStatus.STARTED);

    List<ReadyJob> requeued = new ArrayList<>(ports.recovery().requeueInterrupted(LATER, 1));
    assertThat(requeued).hasSize(1);
    requeued.addAll(ports.recovery().requeueInterrupted(LATER, 5));

    assertThat(requeued).extracting(ReadyJob::id).containsExactlyInAnyOrder(first, second);
    JobAssert.assertThat(job(first))
        .is(JobStatus.QUEUED)
        .hasOrder(JobOrder.of(NOW, 0))
        .hasCounts(1, 0, 0)
        .neverExpires();
    JobAssert.assertThat(job(started)).is(JobStatus.STARTED);
    assertThat(ports.recovery().requeueInterrupted(LATER, 5)).isEmpty();
  }

  // the reconciler's reads

  @Test
  void onlyQueuesWithQueuedJobsHaveWork() {
    stored(aNewJob().queue("a"));
    stored(aNewJob().queue("b/sub"));
    stored(aNewJob().queue("delayed").dateretry(LATER));
    claimed(stored(aNewJob().queue("running")));

    assertThat(ports.recovery().queuesWithJobs()).containsExactlyInAnyOrder("a", "b/sub");
  }

  @Test
  void jobsWithoutAnOrderAreAdoptedByTheirDate() {
    NewJob own = stored(aNewJob().queue("shared").datequeued(NOW.plusSeconds(1)));
    JobId before = store.insertAsPython("tests.Add", "shared", NOW);
    JobId after = store.insertAsPython("tests.Add", "shared", NOW.plusSeconds(2));
    JobId elsewhere = store.insertAsPython("tests.Add", "other", NOW);
    assertThat(job(before).order()).isNull();

    assertThat(ports.recovery().adopt("shared", 10)).isEqualTo(2);

    assertThat(ports.recovery().inOrder("shared", null, 10))
        .containsExactly(
            new ReadyJob(before, "shared", JobOrder.of(NOW, 0)),
            own.ready(),
            new ReadyJob(after, "shared", JobOrder.of(NOW.plusSeconds(2), 0)));
    JobAssert.assertThat(job(before)).is(JobStatus.QUEUED).hasOrder(JobOrder.of(NOW, 0));
    assertThat(job(elsewhere).order()).isNull();
    assertThat(ports.recovery().adopt("shared", 10)).isZero();
  }

  @Test
  void adoptionIsBounded() {
    for (int i = 0; i < 5; i++) {
      store.insertAsPython("tests.Add", "shared", NOW);
    }

    assertThat(ports.recovery().adopt("shared", 3)).isEqualTo(3);
    assertThat(ports.recovery().adopt("shared", 3)).isEqualTo(2);
    assertThat(ports.recovery().adopt("shared", 3)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 25, 100})
  void pagesFollowEachOtherWithoutGapOrOverlap(int page) {
    List<NewJob> jobs = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      // Groups of three share an order, so pages end inside of ties.
      int priority = List.of(-1000, 0, 1000).get(i % 3);
      jobs.add(
          aNewJob().queue("paged").datequeued(NOW.plusMillis(i / 9)).priority(priority).build());
    }
    ports.jobs().insert(jobs);
    stored(aNewJob().queue("other"));
    claimed(stored(aNewJob().queue("paged")));

    List<ReadyJob> walked = new ArrayList<>();
    List<ReadyJob> next = ports.recovery().inOrder("paged", null, page);
    while (!next.isEmpty()) {
      assertThat(next).hasSizeLessThanOrEqualTo(page);
      walked.addAll(next);
      next = ports.recovery().inOrder("paged", next.getLast(), page);
    }

    assertThat(walked)
        .isEqualTo(
            jobs.stream()
                .map(NewJob::ready)
                .sorted(Comparator.comparingLong(ReadyJob::order).thenComparing(ReadyJob::id))
                .toList());
  }

  @Test
  void theHeadOfAQueueTellsWhichJobsPythonRequeuedWithoutAnOrder() {
    NewJob first = stored(aNewJob().queue("head").datequeued(NOW));
    NewJob priority = stored(aNewJob().queue("head").datequeued(LATER).priority(3));
    NewJob last = stored(aNewJob().queue("head").datequeued(LATER));
    store.requeueAsPython(first.id(), LATER.plusSeconds(1));

    QueueHead head = ports.recovery().head("head", 10);

    assertThat(head.jobs()).containsExactly(priority.ready(), first.ready(), last.ready());
    ReadyJob wanted = new ReadyJob(first.id(), "head", JobOrder.of(LATER.plusSeconds(1), 0));
    assertThat(head.outOfPlace()).containsExactly(wanted);
    ports.recovery().reorder(head.outOfPlace());
    assertThat(ports.recovery().head("head", 10))
        .isEqualTo(new QueueHead(List.of(priority.ready(), last.ready(), wanted), List.of()));
    assertThat(ports.recovery().head("head", 1).jobs()).containsExactly(priority.ready());
  }

  @Test
  void noOrderIsTurnedBackOrGivenToAJobThatIsNoLongerQueued() {
    NewJob later = stored(aNewJob().queue("head").datequeued(LATER));
    NewJob started = stored(aNewJob().queue("head").datequeued(NOW));
    claimed(started);

    ports
        .recovery()
        .reorder(
            List.of(
                new ReadyJob(later.id(), "head", later.order() - 1),
                new ReadyJob(started.id(), "head", started.order() + 5000)));
    ports.recovery().reorder(List.of());

    JobAssert.assertThat(job(later.id())).hasOrder(later.order());
    JobAssert.assertThat(job(started.id())).hasOrder(started.order());
  }

  @Test
  void aPlaceWhoseJobIsGoneIsStillAPlace() {
    List<NewJob> jobs = stored(4, "walk");
    claimed(jobs.get(1));

    assertThat(ports.recovery().inOrder("walk", jobs.get(1).ready(), 10))
        .containsExactly(jobs.get(2).ready(), jobs.get(3).ready());
  }

  @Test
  void itIsKnownWhichJobsAreStillQueued() {
    NewJob queued = stored(aNewJob());
    NewJob started = stored(aNewJob());
    claimed(started);
    JobId cancelled = jobIn(JobStatus.CANCEL);

    assertThat(
            ports
                .recovery()
                .stillQueued(List.of(queued.id(), started.id(), cancelled, JobId.next())))
        .containsExactly(queued.id());
    assertThat(ports.recovery().stillQueued(List.of())).isEmpty();
  }

  // expiry and counts

  // TTL-04
  @ParameterizedTest
  @EnumSource
  void onlyFinalDocumentsExpire(JobStatus status) {
    JobId id = jobIn(status);

    long deleted = ports.recovery().deleteExpired(NOW.plus(Duration.ofDays(1000)), 10);

    assertThat(deleted).isEqualTo(status.isFinal() ? 1 : 0);
    assertThat(ports.queries().find(id).isEmpty()).isEqualTo(status.isFinal());
  }

  @ParameterizedTest
  @EnumSource
  void unfinishedJobsThatAreAboutToExpireAreKept(JobStatus status) {
    JobId id = jobIn(status);
    store.expireAsPython(id, LATER);

    assertThat(ports.recovery().keepUnfinished(LATER, 10)).isZero();
    assertThat(ports.recovery().keepUnfinished(LATER.plusMillis(1), 10))
        .isEqualTo(status.isFinal() ? 0 : 1);

    assertThat(job(id).dateexpires()).isEqualTo(status.isFinal() ? LATER : null);
    assertThat(job(id).status()).isEqualTo(status);
  }

  @Test
  void unfinishedJobsAreKeptInBoundedPieces() {
    for (int i = 0; i < 5; i++) {
      store.expireAsPython(jobIn(JobStatus.QUEUED), NOW);
    }

    assertThat(ports.recovery().keepUnfinished(LATER, 3)).isEqualTo(3);
    assertThat(ports.recovery().keepUnfinished(LATER, 3)).isEqualTo(2);
    assertThat(ports.recovery().keepUnfinished(LATER, 3)).isZero();
  }

  @Test
  void documentsExpireAtTheirDateInBoundedPieces() {
    for (int i = 0; i < 5; i++) {
      NewJob job = stored(aNewJob());
      ports.moves().cancel(job.id(), Set.of(JobStatus.QUEUED), NOW, LATER);
    }

    assertThat(ports.recovery().deleteExpired(LATER.minusMillis(1), 10)).isZero();
    assertThat(ports.recovery().deleteExpired(LATER, 3)).isEqualTo(3);
    assertThat(ports.recovery().deleteExpired(LATER, 3)).isEqualTo(2);
    assertThat(ports.recovery().deleteExpired(LATER, 3)).isZero();
  }

  // REQ-03, REQ-04, QUE-08, BUG-05
  @Test
  void unfinishedJobsAreCountedByQueueAndStatus() {
    stored(aNewJob().queue("a").datequeued(LATER));
    stored(aNewJob().queue("a").datequeued(NOW));
    stored(aNewJob().queue("a").datequeued(NOW.minusSeconds(60)).dateretry(LATER));
    claimed(stored(aNewJob().queue("a").datequeued(NOW.minusSeconds(90))));
    claimed(stored(aNewJob().queue("busy")));
    NewJob done = stored(aNewJob().queue("done"));
    end(done.id(), claimed(done), new JobOutcome.Succeeded(1), NOW);

    List<QueueCount> counts = ports.recovery().count();

    assertThat(counts)
        .containsExactlyInAnyOrder(
            new QueueCount(
                "a", Map.of(JobStatus.QUEUED, 2L, JobStatus.RETRY, 1L, JobStatus.STARTED, 1L), NOW),
            new QueueCount("busy", Map.of(JobStatus.STARTED, 1L), null));
  }

  @Test
  void withoutJobsThereIsNothingToRecover() {
    assertThat(ports.recovery().workersWithRuns()).isEmpty();
    assertRescue(ports.recovery().rescue(WorkerId.next(), 5, NOW), List.of(), 0);
    assertThat(ports.recovery().requeueDue(NOW, 10)).isEmpty();
    assertThat(ports.recovery().requeueInterrupted(NOW, 10)).isEmpty();
    assertThat(ports.recovery().queuesWithJobs()).isEmpty();
    assertThat(ports.recovery().adopt("none", 10)).isZero();
    assertThat(ports.recovery().inOrder("none", null, 10)).isEmpty();
    assertThat(ports.recovery().deleteExpired(NOW, 10)).isZero();
    assertThat(ports.recovery().count()).isEmpty();
  }
}
