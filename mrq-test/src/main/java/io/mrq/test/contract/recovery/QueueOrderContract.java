package io.mrq.test.contract.recovery;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.recovery.RecoveryStore.QueueHead;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.StoreContract;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@code RecoveryStore} tells of the order of queues, and how it mends that order. */
public abstract class QueueOrderContract extends StoreContract {
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
}
