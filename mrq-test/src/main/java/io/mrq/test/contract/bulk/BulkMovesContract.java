package io.mrq.test.contract.bulk;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.bulk.BulkAction.Kind;
import io.mrq.bulk.BulkActionId;
import io.mrq.bulk.BulkFilter;
import io.mrq.bulk.BulkMoves.Candidate;
import io.mrq.bulk.BulkMoves.RetryCount;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.query.JobFilter;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code BulkMoves} do: they change exactly the jobs of a filter, each once. */
public abstract class BulkMovesContract extends StoreContract {
  private final BulkActionId action = BulkActionId.next();

  // BAS-06, SEED-13
  @Test
  void exactlyTheJobsOfTheFilterAreCountedAndChosenInPages() {
    List<JobId> mails = ids(stored(7, "mails"));
    stored(3, "others");
    BulkFilter filter = BulkFilter.of(JobFilter.ALL.queue("mails"));

    List<JobId> walked = new ArrayList<>();
    List<JobId> page = ports.bulk().next(filter, null, 3);
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      walked.addAll(page);
      page = ports.bulk().next(filter, page.getLast(), 3);
    }

    assertThat(walked).isEqualTo(mails.stream().sorted().toList());
    assertThat(ports.bulk().count(filter)).isEqualTo(7);
    assertThat(ports.bulk().next(filter, null, 0)).isEmpty();
  }

  @Test
  void idsNarrowTheFilter() {
    List<JobId> mails = ids(stored(5, "mails"));
    JobId other = stored(aNewJob().queue("others")).id();
    List<JobId> chosen = List.of(mails.get(3), other, mails.get(1), JobId.next());
    BulkFilter filter = new BulkFilter(JobFilter.ALL.queue("mails"), chosen);

    assertThat(ports.bulk().count(filter)).isEqualTo(2);
    assertThat(ports.bulk().next(filter, null, 10)).containsExactly(mails.get(1), mails.get(3));
    assertThat(ports.bulk().next(filter, mails.get(1), 10)).containsExactly(mails.get(3));
    assertThat(ports.bulk().next(filter, mails.get(3), 10)).isEmpty();
    assertThat(ports.bulk().count(new BulkFilter(JobFilter.ALL, chosen))).isEqualTo(3);
  }

  @Test
  void datesNarrowTheFilterWithAndWithoutIds() {
    JobId id = stored(aNewJob().queue("dated")).id();
    JobFilter before = JobFilter.ALL.queue("dated").until(id.date());
    JobFilter since = JobFilter.ALL.queue("dated").since(id.date());

    assertThat(ports.bulk().count(BulkFilter.of(before))).isZero();
    assertThat(ports.bulk().count(new BulkFilter(before, List.of(id)))).isZero();
    assertThat(ports.bulk().next(BulkFilter.of(since), null, 10)).containsExactly(id);
    assertThat(ports.bulk().next(new BulkFilter(since, List.of(id)), null, 10)).containsExactly(id);
    assertThat(ports.bulk().next(BulkFilter.of(since), id, 10)).isEmpty();
  }

  @Test
  void whatAMoveHasToKnowIsLoaded() {
    NewJob job = stored(aNewJob().path("p").queue("q").priority(-7).ttl(Duration.ofMinutes(5)));

    assertThat(ports.bulk().load(List.of(job.id(), JobId.next())))
        .containsExactly(
            new Candidate(job.id(), "p", "q", JobStatus.QUEUED, -7, Duration.ofMinutes(5)));
    assertThat(ports.bulk().load(List.of())).isEmpty();
  }

  // BUG-30
  @ParameterizedTest
  @EnumSource
  void onlyJobsThatMayBeAreRequeued(JobStatus status) {
    Job before = job(jobIn(status));
    Set<JobStatus> from = Kind.REQUEUE.from();

    requeue(new BulkFilter(JobFilter.ALL.statuses(from), List.of()), "new", before.id());

    if (from.contains(status)) {
      JobAssert.assertThat(job(before.id()))
          .is(JobStatus.QUEUED)
          .isIn("new")
          .hasCounts(before.attempt(), 0, 0)
          .neverExpires();
      assertThat(job(before.id()).datequeued()).isEqualTo(LATER);
      assertThat(job(before.id()).dateretry()).isNull();
      assertThat(job(before.id()).others()).containsEntry("action", action.hex());
      assertThat(moved(before.id())).containsExactly(before.id());
    } else {
      assertThat(job(before.id())).isEqualTo(before);
      assertThat(moved(before.id())).isEmpty();
    }
  }

  // BAS-09
  @Test
  void countedRetriesMayBeKept() {
    JobId id = jobIn(JobStatus.FAILED);
    Job before = job(id);
    BulkFilter filter = BulkFilter.of(JobFilter.ALL.statuses(Kind.REQUEUE.from()));

    ports.bulk().requeue(action, filter, List.of(ready(id, "new")), RetryCount.KEPT, LATER);

    JobAssert.assertThat(job(id))
        .is(JobStatus.QUEUED)
        .hasCounts(before.attempt(), before.retryCount(), 0);
  }

  // CAN-03, CAN-04, BAS-08, BUG-31
  @ParameterizedTest
  @EnumSource
  void onlyWaitingJobsAreCancelled(JobStatus status) {
    Job before = job(jobIn(status));
    Set<JobStatus> from = Kind.CANCEL.from();

    ports
        .bulk()
        .cancel(
            action, BulkFilter.of(JobFilter.ALL.statuses(from)), Map.of(before.id(), LATER), NOW);

    if (from.contains(status)) {
      JobAssert.assertThat(job(before.id())).is(JobStatus.CANCEL).expiresAt(LATER);
      assertThat(moved(before.id())).containsExactly(before.id());
    } else {
      assertThat(job(before.id())).isEqualTo(before);
    }
  }

  @Test
  void aJobThatNoLongerPassesTheFilterIsNotMoved() {
    JobId id = jobIn(JobStatus.FAILED);
    JobFilter failed = JobFilter.ALL.statuses(Set.of(JobStatus.FAILED));

    requeue(BulkFilter.of(failed.exceptiontype("OtherError")), "new", id);
    requeue(BulkFilter.of(failed.queue("elsewhere")), "new", id);
    requeue(BulkFilter.of(failed.statuses(Set.of(JobStatus.SUCCESS))), "new", id);
    JobAssert.assertThat(job(id)).is(JobStatus.FAILED);

    requeue(BulkFilter.of(failed.exceptiontype(FAILURE.exceptiontype())), "new", id);
    JobAssert.assertThat(job(id)).is(JobStatus.QUEUED);
  }

  @Test
  void anActionMovesAJobOnceHoweverOftenItsBatchIsSent() {
    JobId id = jobIn(JobStatus.FAILED);
    BulkFilter filter = BulkFilter.of(JobFilter.ALL.statuses(Kind.REQUEUE.from()));
    requeue(filter, "new", id);
    ports.moves().cancel(id, Set.of(JobStatus.QUEUED), LATER, LATER);

    requeue(filter, "new", id);
    JobAssert.assertThat(job(id)).is(JobStatus.CANCEL);
    assertThat(moved(id)).containsExactly(id);

    ports
        .bulk()
        .requeue(BulkActionId.next(), filter, List.of(ready(id, "again")), RetryCount.ZERO, LATER);
    JobAssert.assertThat(job(id)).is(JobStatus.QUEUED).isIn("again");
    assertThat(moved(id)).isEmpty();
  }

  @Test
  void eachJobGetsItsOwnOrderAndExpiry() {
    JobId low = jobIn(JobStatus.FAILED);
    JobId high = jobIn(JobStatus.FAILED);
    List<JobId> waiting = ids(stored(2, "q"));
    Map<JobId, Instant> expires = new LinkedHashMap<>();
    expires.put(waiting.get(0), LATER);
    expires.put(waiting.get(1), LATER.plusSeconds(5));

    ports
        .bulk()
        .requeue(
            action,
            BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.FAILED))),
            List.of(
                new ReadyJob(low, "a", JobOrder.of(LATER, -1)),
                new ReadyJob(high, "b", JobOrder.of(LATER, 1))),
            RetryCount.ZERO,
            LATER);
    ports
        .bulk()
        .cancel(
            action,
            BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.QUEUED)).queue("q")),
            expires,
            NOW);

    JobAssert.assertThat(job(low)).isIn("a").hasOrder(JobOrder.of(LATER, -1));
    JobAssert.assertThat(job(high)).isIn("b").hasOrder(JobOrder.of(LATER, 1));
    JobAssert.assertThat(job(waiting.get(0))).expiresAt(LATER);
    JobAssert.assertThat(job(waiting.get(1))).expiresAt(LATER.plusSeconds(5));
    assertThat(ports.bulk().movedBy(action, waiting)).containsExactlyInAnyOrderElementsOf(waiting);
  }

  @Test
  void aMoveThatTheTableForbidsIsRefused() {
    JobId id = jobIn(JobStatus.STARTED);
    BulkFilter running = BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.SUCCESS)));
    BulkFilter any = BulkFilter.of(JobFilter.ALL.queue("default"));

    assertThatThrownBy(() -> ports.bulk().cancel(action, running, Map.of(id, LATER), NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ports.bulk().cancel(action, any, Map.of(id, LATER), NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> ports.bulk().requeue(action, any, List.of(ready(id, "q")), RetryCount.ZERO, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The result of a requeue. */
  @Test
  void whereTheMovedJobsStandIsCountedByAction() {
    BulkFilter ended =
        BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.FAILED, JobStatus.SUCCESS)));
    JobId one = jobIn(JobStatus.FAILED);
    JobId two = jobIn(JobStatus.FAILED);
    JobId other = jobIn(JobStatus.SUCCESS);
    jobIn(JobStatus.FAILED);
    requeue(ended, "q", one);
    requeue(ended, "q", two);
    requeue(ended, "q", other);
    BulkActionId cancelling = BulkActionId.next();
    ports
        .bulk()
        .cancel(
            cancelling,
            BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.QUEUED))),
            Map.of(other, LATER),
            NOW);

    assertThat(ports.bulk().outcomes(List.of(action, cancelling, BulkActionId.next())))
        .isEqualTo(
            Map.of(action, Map.of(JobStatus.QUEUED, 2L), cancelling, Map.of(JobStatus.CANCEL, 1L)));
    assertThat(ports.bulk().outcomes(List.of())).isEmpty();
  }

  @Test
  void nothingToMoveIsNoWrite() {
    BulkFilter filter = BulkFilter.of(JobFilter.ALL.statuses(Set.of(JobStatus.QUEUED)));

    ports.bulk().cancel(action, filter, Map.of(), NOW);
    assertThat(ports.bulk().movedBy(action, List.of())).isEmpty();
  }

  private void requeue(BulkFilter filter, String queue, JobId id) {
    ports.bulk().requeue(action, filter, List.of(ready(id, queue)), RetryCount.ZERO, LATER);
  }

  private static ReadyJob ready(JobId id, String queue) {
    return new ReadyJob(id, queue, JobOrder.of(LATER, 0));
  }

  private Set<JobId> moved(JobId id) {
    return ports.bulk().movedBy(action, List.of(id));
  }
}
