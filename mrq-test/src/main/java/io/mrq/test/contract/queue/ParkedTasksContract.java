package io.mrq.test.contract.queue;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.queue.ParkedTask;
import io.mrq.queue.QueueStates;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.StoreContract;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a {@code JobStore} and {@code ParkedTasks} do with jobs whose task a worker lacks. */
public abstract class ParkedTasksContract extends StoreContract {
  private static final Instant BEFORE = NOW.minusSeconds(60);

  private NewJob job(String path, int second) {
    return stored(aNewJob().path(path).queue("q").datequeued(BEFORE.plusSeconds(second)));
  }

  private Claim parked(NewJob... jobs) {
    Claim claim = claimed(jobs);
    Map<JobId, String> paths = new HashMap<>();
    for (NewJob job : jobs) {
      paths.put(job.id(), job.path());
    }
    ports.jobs().park(claim, paths, NOW);
    return claim;
  }

  // CTX-09
  @Test
  void aParkedJobIsQueuedAtItsOldPlaceAndCountsNoAttempt() {
    NewJob job = job("a.B", 0);

    parked(job);

    JobAssert.assertThat(job(job.id()))
        .is(JobStatus.QUEUED)
        .hasNoClaim()
        .hasOrder(job.order())
        .hasCounts(0, 0, 0)
        .hasHistoryOf(0)
        .neverExpires();
    assertThat(job(job.id()).worker()).isNull();
    assertThat(ports.parked().jobs("q", Set.of("a.B"), 10)).containsExactly(job.ready());
  }

  @Test
  void aParkedJobIsInNobodysWay() {
    NewJob unknown = job("a.B", 0);
    NewJob next = job("c.D", 1);
    parked(unknown);

    assertThat(ports.jobs().queued(List.of("q"), 10)).containsExactly(next.ready());
    assertThat(ports.recovery().head("q", 10).jobs()).containsExactly(next.ready());
    assertThat(ports.recovery().inOrder("q", null, 10)).containsExactly(next.ready());
    assertThat(ports.recovery().adopt("q", 10)).isZero();
    assertThat(ports.recovery().queuesWithJobs()).containsExactly("q");
    assertThat(ports.recovery().count().getFirst().jobs()).containsEntry(JobStatus.QUEUED, 2L);
  }

  @Test
  void onlyTheRunOfTheClaimIsParked() {
    NewJob job = job("a.B", 0);
    Claim old = claimed(job);
    ports.jobs().returnUnknown(ports.jobs().runsOf(old.worker()), NOW);
    claimed(job);

    ports.jobs().park(old, Map.of(job.id(), "a.B"), NOW);

    assertThat(job(job.id()).status()).isEqualTo(JobStatus.STARTED);
    ports.jobs().park(old, Map.of(), NOW);
  }

  @Test
  void parkedJobsOfSomeTasksAreReadInOrder() {
    NewJob second = job("a.B", 2);
    NewJob first = job("c.D", 1);
    NewJob other = job("e.F", 0);
    parked(second, first, other);

    assertThat(ports.parked().jobs("q", List.of("a.B", "c.D"), 10))
        .containsExactly(first.ready(), second.ready());
    assertThat(ports.parked().jobs("q", List.of("a.B", "c.D"), 1)).containsExactly(first.ready());
    assertThat(ports.parked().jobs("q", List.of(), 10)).isEmpty();
    assertThat(ports.parked().jobs("r", List.of("a.B"), 10)).isEmpty();
  }

  @Test
  void anUnparkedJobIsAnOrdinaryOneAgain() {
    NewJob job = job("a.B", 0);
    parked(job);

    ports.parked().unpark("q", List.of(job.id()));
    ports.parked().unpark("q", List.of());

    assertThat(ports.parked().jobs("q", Set.of("a.B"), 10)).isEmpty();
    assertThat(ports.jobs().queued(List.of("q"), 10)).containsExactly(job.ready());
    claimed(job);
    JobAssert.assertThat(job(job.id())).hasCounts(1, 0, 0);
  }

  @Test
  void aRequeueByHandTakesAParkedJobOut() {
    NewJob job = job("a.B", 0);
    parked(job);

    ports.moves().cancel(job.id(), Set.of(JobStatus.QUEUED), NOW, LATER);
    ports
        .moves()
        .requeue(new ReadyJob(job.id(), "r", job.order() + 1), Set.of(JobStatus.CANCEL), NOW);

    assertThat(ports.jobs().queued(List.of("r"), 10)).extracting(ReadyJob::id).contains(job.id());
  }

  @Test
  void parkedJobsAreCountedByTaskWithTheOldest() {
    parked(job("a.B", 5), job("a.B", 3), job("c.D", 4));
    job("e.F", 0);

    assertThat(ports.parked().count("q", LATER))
        .containsExactly(
            new ParkedTask("q", "a.B", LATER, 2, BEFORE.plusSeconds(3)),
            new ParkedTask("q", "c.D", LATER, 1, BEFORE.plusSeconds(4)));
    assertThat(ports.parked().count("r", LATER)).isEmpty();
  }

  @Test
  void aNoteTellsOfParkedJobsAndKeepsWhatWasCounted() {
    ports.pauses().pause("p", "ann", "", NOW);
    ports.pauses().pause("q", "ann", "", NOW);
    ports.parked().note("q", List.of("a.B", "$x.y"), NOW);
    ports.parked().note("q", List.of(new ParkedTask("q", "a.B", NOW, 3, BEFORE)));
    ports.parked().note("q", List.of("a.B"), LATER);
    ports.parked().note("q", List.of());

    List<ParkedTask> notes =
        List.of(
            new ParkedTask("q", "$x.y", NOW, 0, null),
            new ParkedTask("q", "a.B", LATER, 3, BEFORE));
    assertThat(ports.parked().notes()).isEqualTo(notes);
    assertThat(ports.pauses().states()).isEqualTo(new QueueStates(Set.of("p", "q"), notes));

    ports.pauses().resume("p");
    ports.pauses().resume("q");
    assertThat(ports.pauses().states()).isEqualTo(new QueueStates(Set.of(), notes));
    assertThat(ports.pauses().paused()).isEmpty();
  }

  @Test
  void aNoteIsForgottenUnlessItWasRenewed() {
    ports.parked().note("q", List.of("a.B"), NOW);

    ports.parked().forget("q", "a.B", NOW);
    assertThat(ports.parked().notes()).hasSize(1);
    ports.parked().forget("q", "other", LATER);
    ports.parked().forget("q", "a.B", LATER);

    assertThat(ports.parked().notes()).isEmpty();
    assertThat(ports.pauses().states()).isEqualTo(new QueueStates(Set.of(), List.of()));
  }
}
