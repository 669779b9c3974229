package io.mrq.test.contract.store;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.ClaimToken;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.Race;
import io.mrq.test.contract.StoreContract;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a {@code JobStore} does when workers look for jobs, claim them, and ask what they run. */
public abstract class ClaimContract extends StoreContract {
  // QUE-02
  @Test
  void queuedJobsComeByPriorityThenDateThenId() {
    NewJob late = stored(aNewJob().queue("a").datequeued(LATER));
    NewJob early = stored(aNewJob().queue("a").datequeued(NOW));
    NewJob sameDate = aNewJob().queue("b").datequeued(NOW).build();
    ports.jobs().insert(List.of(sameDate));
    NewJob urgent = stored(aNewJob().queue("b").datequeued(LATER).priority(1000));
    NewJob idle = stored(aNewJob().queue("a").datequeued(NOW).priority(-1000));
    stored(aNewJob().queue("other"));
    claimed(stored(aNewJob().queue("a")));
    List<JobId> tied = new ArrayList<>(List.of(early.id(), sameDate.id()));
    Collections.sort(tied);

    List<ReadyJob> queued = ports.jobs().queued(Set.of("a", "b"), 10);

    assertThat(queued.stream().map(ReadyJob::id))
        .containsExactly(urgent.id(), tied.get(0), tied.get(1), late.id(), idle.id());
    assertThat(queued).contains(urgent.ready(), early.ready(), late.ready(), idle.ready());
    assertThat(ports.jobs().queued(Set.of("a", "b"), 2)).isEqualTo(queued.subList(0, 2));
    assertThat(ports.jobs().queued(Set.of(), 2)).isEmpty();
    assertThat(ports.jobs().queued(Set.of("a"), 0)).isEmpty();
  }

  // MIX-15
  @Test
  void aJobThatPythonEnqueuedIsFoundAndClaimed() {
    JobId id = store.insertAsPython("tests.tasks.Add", "python", NOW);
    Claim claim = Claim.by(WorkerId.next());

    assertThat(ports.jobs().queued(Set.of("python"), 10))
        .containsExactly(new ReadyJob(id, "python", JobOrder.of(NOW, 0)));
    assertThat(ports.jobs().claim(claim, "python", List.of(id), LATER)).isEqualTo(1);
    JobAssert.assertThat(job(id)).is(JobStatus.STARTED).isHeldBy(claim).hasCounts(1, 0, 0);
  }

  @Test
  void aClaimedJobCarriesWorkerTokenDateAndAttempt() {
    NewJob job = stored(aNewJob());
    Claim claim = Claim.by(WorkerId.next());

    assertThat(ports.jobs().claim(claim, job.queue(), List.of(job.id()), LATER)).isEqualTo(1);

    List<Job> won = ports.jobs().claimed(claim, List.of(job.id()));
    assertThat(won).hasSize(1).containsExactly(job(job.id()));
    JobAssert.assertThat(won.getFirst())
        .is(JobStatus.STARTED)
        .isHeldBy(claim)
        .hasOrder(job.order())
        .hasCounts(1, 0, 0)
        .neverExpires();
    assertThat(won.getFirst().datestarted()).isEqualTo(LATER);
    assertThat(won.getFirst().params()).isEqualTo(job.params());
  }

  @Test
  void aRepeatedClaimMatchesNothingMoreButTellsWhatTheFirstOneWon() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);

    assertThat(ports.jobs().claim(claim, job.queue(), List.of(job.id()), LATER)).isZero();

    assertThat(ports.jobs().claimed(claim, List.of(job.id()))).hasSize(1);
    JobAssert.assertThat(job(job.id())).hasCounts(1, 0, 0);
    assertThat(job(job.id()).datestarted()).isEqualTo(NOW);
  }

  @Test
  void aSingleJobIsClaimedAndLoadedAtOnce() {
    NewJob job = stored(aNewJob());
    Claim claim = Claim.by(WorkerId.next());

    Optional<Job> won = ports.jobs().claim(claim, job.queue(), job.id(), LATER);

    assertThat(won).contains(job(job.id()));
    JobAssert.assertThat(won.orElseThrow())
        .is(JobStatus.STARTED)
        .isHeldBy(claim)
        .hasOrder(job.order())
        .hasCounts(1, 0, 0)
        .neverExpires();
    assertThat(won.orElseThrow().datestarted()).isEqualTo(LATER);
    assertThat(won.orElseThrow().params()).isEqualTo(job.params());
  }

  @Test
  void aRepeatedClaimOfASingleJobIsEmptyAndItsTokenTellsWhatTheFirstOneWon() {
    NewJob job = stored(aNewJob());
    Claim claim = Claim.by(WorkerId.next());
    ports.jobs().claim(claim, job.queue(), job.id(), NOW);

    assertThat(ports.jobs().claim(claim, job.queue(), job.id(), LATER)).isEmpty();

    assertThat(ports.jobs().claimed(claim, List.of(job.id()))).containsExactly(job(job.id()));
    JobAssert.assertThat(job(job.id())).hasCounts(1, 0, 0);
  }

  @Test
  void anIdLeftInAnotherQueueIsNotClaimedThere() {
    NewJob job = stored(aNewJob().queue("old"));
    ports.moves().requeue(new ReadyJob(job.id(), "new", job.order()), Set.of(), NOW);
    ports.moves().cancel(job.id(), Set.of(JobStatus.QUEUED), NOW, LATER);
    ports
        .moves()
        .requeue(new ReadyJob(job.id(), "new", job.order()), Set.of(JobStatus.CANCEL), NOW);
    Claim claim = Claim.by(WorkerId.next());

    assertThat(ports.jobs().claim(claim, "old", List.of(job.id()), NOW)).isZero();
    assertThat(ports.jobs().claim(claim, "old", job.id(), NOW)).isEmpty();
    JobAssert.assertThat(job(job.id())).is(JobStatus.QUEUED);
    assertThat(ports.jobs().claim(claim, "new", List.of(job.id()), NOW)).isEqualTo(1);
  }

  // JOB-12
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "QUEUED")
  void onlyQueuedJobsAreClaimed(JobStatus status) {
    JobId id = jobIn(status);
    Job before = job(id);
    Claim claim = Claim.by(WorkerId.next());

    assertThat(ports.jobs().claim(claim, before.queue(), List.of(id), LATER)).isZero();
    assertThat(ports.jobs().claim(claim, before.queue(), id, LATER)).isEmpty();

    assertThat(ports.jobs().claimed(claim, List.of(id))).isEmpty();
    assertThat(job(id)).isEqualTo(before);
  }

  // JOB-12
  @Test
  void unknownAndDoubledIdsDropOutOfAClaim() {
    NewJob job = stored(aNewJob());
    Claim claim = Claim.by(WorkerId.next());
    List<JobId> ids = List.of(JobId.next(), job.id(), job.id(), JobId.next());

    assertThat(ports.jobs().claim(claim, job.queue(), ids, NOW)).isEqualTo(1);

    assertThat(ports.jobs().claimed(claim, ids)).hasSize(1);
    JobAssert.assertThat(job(job.id())).hasCounts(1, 0, 0);
    assertThat(ports.jobs().claim(claim, job.queue(), List.of(), NOW)).isZero();
    assertThat(ports.jobs().claimed(claim, List.of())).isEmpty();
  }

  @Test
  void aClaimLoadsOnlyWhatIsStillItsOwn() {
    WorkerId worker = WorkerId.next();
    Claim first = Claim.by(worker);
    Claim second = Claim.by(worker);
    NewJob ofFirst = stored(aNewJob());
    NewJob ofSecond = stored(aNewJob());
    NewJob gone = stored(aNewJob());
    claimBy(first, ofFirst);
    claimBy(second, ofSecond, gone);
    end(gone.id(), second, new JobOutcome.Succeeded(null), NOW);
    List<JobId> all = ids(List.of(ofFirst, ofSecond, gone));

    assertThat(ports.jobs().claimed(second, all))
        .extracting(Job::id)
        .containsExactly(ofSecond.id());
    assertThat(ports.jobs().claimed(new Claim(WorkerId.next(), second.token()), all)).isEmpty();
    assertThat(ports.jobs().claimed(new Claim(worker, ClaimToken.next()), all)).isEmpty();
    assertThat(ports.jobs().claimed(second, List.of(ofFirst.id()))).isEmpty();
  }

  // QUE-04
  @Test
  void eachOfManyJobsIsWonByExactlyOneOfManyWorkers() {
    List<JobId> ids = ids(stored(500, "race"));

    List<List<JobId>> won =
        Race.of(
            8,
            runner -> {
              List<JobId> shuffled = new ArrayList<>(ids);
              Collections.shuffle(shuffled, new Random(runner));
              List<JobId> own = new ArrayList<>();
              for (int from = 0; from < shuffled.size(); from += 50) {
                Claim claim = Claim.by(WorkerId.next());
                List<JobId> batch = shuffled.subList(from, from + 50);
                long matched = ports.jobs().claim(claim, "race", batch, NOW);
                List<Job> loaded = ports.jobs().claimed(claim, batch);
                assertThat(loaded).hasSize((int) matched);
                loaded.forEach(job -> own.add(job.id()));
              }
              return own;
            });

    assertThat(won.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(ids).allSatisfy(id -> JobAssert.assertThat(job(id)).hasCounts(1, 0, 0));
  }

  @Test
  void theAuditSeesWhatTheStoreSaysThatAWorkerRuns() {
    WorkerId worker = WorkerId.next();
    Claim first = Claim.by(worker);
    Claim second = Claim.by(worker);
    NewJob one = stored(aNewJob());
    NewJob two = stored(aNewJob());
    NewJob ended = stored(aNewJob());
    claimBy(first, one, ended);
    claimBy(second, two);
    claimed(stored(aNewJob()));
    end(ended.id(), first, new JobOutcome.Succeeded(null), NOW);

    assertThat(ports.jobs().runsOf(worker))
        .containsExactlyInAnyOrder(new Run(one.id(), first), new Run(two.id(), second));
    assertThat(ports.jobs().runsOf(WorkerId.next())).isEmpty();
  }

  @Test
  void anUnknownRunGoesBackInItsOldPlaceAtNoCost() {
    NewJob job = stored(aNewJob().priority(4));
    Claim claim = claimed(job);
    List<Run> runs = List.of(new Run(job.id(), claim));

    assertThat(ports.jobs().returnUnknown(runs, LATER)).containsExactly(job.ready());

    JobAssert.assertThat(job(job.id()))
        .is(JobStatus.QUEUED)
        .hasNoClaim()
        .hasOrder(job.order())
        .hasCounts(1, 0, 0)
        .hasHistoryOf(0)
        .neverExpires();
    assertThat(job(job.id()).dateupdated()).isEqualTo(LATER);
    Job after = job(job.id());
    ports.jobs().returnUnknown(runs, LATER.plusSeconds(1));
    assertThat(job(job.id())).isEqualTo(after);
  }

  @Test
  void onlyARunWithEveryPartOfItsFenceGoesBack() {
    NewJob started = stored(aNewJob());
    Claim claim = claimed(started);
    NewJob ended = stored(aNewJob());
    Claim endedClaim = claimed(ended);
    end(ended.id(), endedClaim, new JobOutcome.Succeeded(1), NOW);

    ports
        .jobs()
        .returnUnknown(
            List.of(
                new Run(started.id(), new Claim(WorkerId.next(), claim.token())),
                new Run(ended.id(), endedClaim)),
            LATER);
    ports
        .jobs()
        .returnUnknown(
            List.of(new Run(started.id(), new Claim(claim.worker(), ClaimToken.next()))), LATER);
    assertThat(ports.jobs().returnUnknown(List.of(), LATER)).isEmpty();

    JobAssert.assertThat(job(started.id())).is(JobStatus.STARTED).isHeldBy(claim);
    JobAssert.assertThat(job(ended.id())).is(JobStatus.SUCCESS);
  }
}
