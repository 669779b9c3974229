package io.mrq.test.contract.failure;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkMoves.RetryCount;
import io.mrq.failure.FailureGroup;
import io.mrq.job.Failure;
import io.mrq.job.Fingerprint;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.query.JobFilter;
import io.mrq.query.JobSummary;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code JobQueries} tell of failures: groups, counts, tracebacks. */
public abstract class FailureGroupsContract extends StoreContract {
  private static final JobFilter FAILED = JobFilter.ALL.statuses(Set.of(JobStatus.FAILED));

  private JobId failed(String path, Failure failure, Instant at) {
    return ended(path, "default", new JobOutcome.Failed(failure), at);
  }

  private JobId ended(String path, String queue, JobOutcome outcome, Instant at) {
    NewJob job = stored(aNewJob().path(path).queue(queue));
    end(job.id(), claimed(job), outcome, at);
    return job.id();
  }

  private List<FailureGroup> groups(JobFilter filter) {
    return ports.queries().failures(filter, NOW, 100);
  }

  private static Failure of(String type) {
    return Failure.of(type, "told");
  }

  // RTE-02, SEED-10
  @Test
  void theLargestGroupComesFirst() {
    failed("B", of("X"), NOW);
    failed("A", of("Y"), NOW);
    for (int i = 0; i < 3; i++) {
      failed("A", of("X"), NOW);
    }
    failed("A", of("Y"), NOW);

    assertThat(groups(FAILED))
        .extracting(FailureGroup::path, FailureGroup::exceptiontype, FailureGroup::count)
        .containsExactly(tuple("A", "X", 3L), tuple("A", "Y", 2L), tuple("B", "X", 1L));
  }

  @Test
  void equalGroupsAreOrderedByTheirNames() {
    failed("b", of("X"), NOW);
    failed("a", of("Y"), NOW);
    failed("a", of("X"), NOW);

    assertThat(groups(FAILED))
        .extracting(group -> group.path() + group.exceptiontype())
        .containsExactly("aX", "aY", "bX");
    assertThat(ports.queries().failures(FAILED, NOW, 2)).hasSize(2);
  }

  @Test
  void twoFaultsOfOneTypeAreTwoGroups() {
    Failure one = Failure.of(new IllegalStateException("n 1"));
    Failure other = Failure.of(new IllegalStateException(new ArithmeticException("n 2")));
    failed("A", one, NOW);
    failed("A", other, NOW);
    failed("A", one, NOW);

    assertThat(groups(FAILED))
        .extracting(FailureGroup::fingerprint, FailureGroup::count)
        .containsExactly(
            tuple(Fingerprint.of("A", one), 2L), tuple(Fingerprint.of("A", other), 1L));
  }

  @Test
  void aGroupTellsWhenHowAndWhich() {
    JobId first = failed("A", of("X"), NOW);
    JobId last = ended("A", "default", new JobOutcome.TimedOut(of("X")), LATER);

    FailureGroup group =
        groups(JobFilter.ALL.statuses(Set.of(JobStatus.FAILED, JobStatus.TIMEOUT))).getFirst();

    assertThat(group.first()).isEqualTo(NOW);
    assertThat(group.last()).isEqualTo(LATER);
    assertThat(group.statuses()).isEqualTo(Map.of(JobStatus.FAILED, 1L, JobStatus.TIMEOUT, 1L));
    assertThat(group.sample()).isEqualTo(first.compareTo(last) > 0 ? first : last);
    assertThat(group.oldest()).isEqualTo(first.compareTo(last) > 0 ? last : first);
    assertThat(ports.queries().tracebacks(List.of(group.sample(), JobId.next())))
        .isEqualTo(Map.of(group.sample(), "told"));
  }

  /** The dates of failures before a requeue are told by the history of attempts. */
  @Test
  void theFirstFailureOfARequeuedJobIsThatOfItsHistory() {
    NewJob job = stored(aNewJob().path("A").queue("q"));
    end(job.id(), claimed(job), new JobOutcome.Failed(of("Other")), NOW.minusSeconds(60));
    again(job, new JobOutcome.Failed(of("X")), NOW);
    again(job, new JobOutcome.Failed(of("X")), LATER);
    JobId never = stored(aNewJob().path("A").queue("q")).id();

    assertThat(groups(FAILED).getFirst().first()).isEqualTo(LATER);
    assertThat(ports.queries().firstFailures(List.of(job.id(), never, JobId.next())))
        .isEqualTo(Map.of(job.id(), NOW));
    assertThat(ports.queries().firstFailures(List.of())).isEmpty();
  }

  private void again(NewJob job, JobOutcome outcome, Instant at) {
    ports
        .bulk()
        .requeue(
            BulkActionId.next(),
            BulkFilter.of(FAILED),
            List.of(new ReadyJob(job.id(), job.queue(), JobOrder.of(at, 0))),
            RetryCount.ZERO,
            at);
    end(job.id(), claimed(job), outcome, at);
  }

  /** The hours are those of the clock; the last one has begun. */
  @Test
  void theHistoryCountsFailuresByTheHour() {
    failed("A", of("X"), NOW);
    failed("A", of("X"), NOW.minusSeconds(1));
    failed("A", of("X"), NOW.minus(Duration.ofHours(23)));
    failed("A", of("X"), NOW.minus(Duration.ofHours(23)).minusMillis(1));
    failed("A", of("X"), NOW.minus(Duration.ofDays(30)));

    FailureGroup group = groups(FAILED).getFirst();

    List<Long> expected = new ArrayList<>(Collections.nCopies(24, 0L));
    expected.set(23, 1L);
    expected.set(22, 1L);
    expected.set(0, 1L);
    assertThat(group.history()).isEqualTo(expected);
    assertThat(group.count()).isEqualTo(5);
  }

  @Test
  void groupsAreOfTheJobsThatPassTheFilter() {
    ended("A", "one", new JobOutcome.Failed(of("X")), NOW);
    ended("A", "two", new JobOutcome.Failed(of("X")), NOW);
    ended("B", "one", new JobOutcome.Failed(of("X")), NOW);
    ended("A", "one", new JobOutcome.Succeeded(1), NOW);

    assertThat(groups(FAILED.queue("one").path("A")))
        .singleElement()
        .satisfies(group -> assertThat(group.count()).isEqualTo(1));
    assertThat(groups(FAILED.exceptiontype("X")))
        .extracting(FailureGroup::count)
        .containsExactly(2L, 1L);
    assertThat(groups(JobFilter.ALL.statuses(Set.of(JobStatus.TIMEOUT)))).isEmpty();
  }

  @Test
  void jobsAreCountedUpToALimit() {
    for (int i = 0; i < 5; i++) {
      failed("A", of("X"), NOW);
    }

    assertThat(ports.queries().count(FAILED, 100)).isEqualTo(5);
    assertThat(ports.queries().count(FAILED, 3)).isEqualTo(3);
    assertThat(ports.queries().count(FAILED.path("A").exceptiontype("X"), 4)).isEqualTo(4);
    assertThat(ports.queries().count(FAILED.queue("none"), 100)).isZero();
  }

  @Test
  void summariesLeaveOutWhatIsLarge() {
    JobId id = failed("A", of("X"), NOW);
    JobId done = ended("A", "default", new JobOutcome.Succeeded("large"), NOW);

    assertThat(ports.queries().summaries(JobFilter.ALL, null, 10).jobs())
        .extracting(JobSummary::job)
        .hasSize(2)
        .allSatisfy(job -> {
          assertThat(job.traceback()).isNull();
          assertThat(job.tracebackHistory()).isEmpty();
          assertThat(job.result()).isNull();
        })
        .anySatisfy(job -> {
          assertThat(job.id()).isEqualTo(id);
          assertThat(job.exceptiontype()).isEqualTo("X");
        })
        .anySatisfy(job -> assertThat(job.id()).isEqualTo(done));
    assertThat(ports.queries().summaries(JobFilter.ALL, null, 1).jobs()).hasSize(1);
  }

  // BUG-59
  @Test
  void namesAreFoundByTheirBeginning() {
    for (String queue : List.of("mails", "mails/slow", "main", "x", "ma.ls")) {
      stored(aNewJob().queue(queue).path("p." + queue));
    }

    assertThat(ports.queries().queues("mai", 10)).containsExactly("mails", "mails/slow", "main");
    assertThat(ports.queries().queues("", 10))
        .containsExactly("ma.ls", "mails", "mails/slow", "main", "x");
    assertThat(ports.queries().queues("", 2)).containsExactly("ma.ls", "mails");
    assertThat(ports.queries().queues("ma.l", 10)).containsExactly("ma.ls");
    assertThat(ports.queries().queues(".*", 10)).isEmpty();
    assertThat(ports.queries().paths("p.mails/", 10)).containsExactly("p.mails/slow");
  }
}
