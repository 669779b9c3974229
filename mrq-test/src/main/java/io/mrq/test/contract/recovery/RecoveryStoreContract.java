package io.mrq.test.contract.recovery;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.stats.QueueCount;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a {@code RecoveryStore} does with jobs that are due, interrupted, expired or to be counted.
 */
public abstract class RecoveryStoreContract extends StoreContract {
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

  @Test
  void tellsWhenTheNextJobIsDue() {
    assertThat(ports.recovery().nextDue()).isEmpty();
    stored(aNewJob());
    stored(aNewJob().dateretry(LATER.plusSeconds(5)));
    stored(aNewJob().dateretry(LATER));
    assertThat(ports.recovery().nextDue()).contains(LATER);
    ports.recovery().requeueDue(LATER, 10);
    assertThat(ports.recovery().nextDue()).contains(LATER.plusSeconds(5));
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
