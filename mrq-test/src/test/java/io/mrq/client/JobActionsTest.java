package io.mrq.client;

import static io.mrq.test.builder.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.ClaimToken;
import io.mrq.job.InvalidJobException;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobStatus;
import io.mrq.job.ReadyJob;
import io.mrq.job.Retention;
import io.mrq.job.TimeHorizon;
import io.mrq.job.WorkerId;
import io.mrq.query.JobQueries;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.builder.JobBuilder;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cancel and requeue by hand, over ports in memory. */
class JobActionsTest {
  private static final Set<JobStatus> CANCELLABLE =
      EnumSet.of(JobStatus.QUEUED, JobStatus.RETRY, JobStatus.INTERRUPT);
  private static final Set<JobStatus> NOT_REQUEUEABLE =
      EnumSet.of(JobStatus.QUEUED, JobStatus.STARTED);

  private final ClientFixture fixture = new ClientFixture();
  private final List<Job> cancelled = new ArrayList<>();
  private final List<Job> requeued = new ArrayList<>();
  private final JobActions actions = actions(fixture.store.queries());
  private final Instant now = fixture.clock.instant();

  // cancel

  @ParameterizedTest
  @EnumSource
  void onlyWaitingJobsAreCancelled(JobStatus status) {
    Job job = stored(aJob().status(status));

    ActionResult result = actions.cancel(job.id(), false);

    assertCancelled(job, result, CANCELLABLE.contains(status));
  }

  @ParameterizedTest
  @EnumSource
  void runningJobsAreCancelledTooWhenAskedFor(JobStatus status) {
    Job job = stored(aJob().status(status).worker(WorkerId.next()).claim(ClaimToken.next()));

    ActionResult result = actions.cancel(job.id(), true);

    assertCancelled(job, result, CANCELLABLE.contains(status) || status == JobStatus.STARTED);
    if (status == JobStatus.STARTED) {
      JobAssert.assertThat(fixture.job(job.id())).hasNoClaim();
    }
  }

  @Test
  void aJobWhoseTimeToLiveIsBeyondAllDatesIsCancelled() {
    Job job = stored(aJob().status(JobStatus.QUEUED).ttl(Duration.ofSeconds(Long.MAX_VALUE)));

    assertThat(actions.cancel(job.id(), false)).isEqualTo(new ActionResult.Moved(JobStatus.CANCEL));

    JobAssert.assertThat(fixture.job(job.id())).expiresAt(now.plus(TimeHorizon.LONGEST));
  }

  private void assertCancelled(Job before, ActionResult result, boolean moved) {
    if (moved) {
      assertThat(result).isEqualTo(new ActionResult.Moved(JobStatus.CANCEL));
      JobAssert.assertThat(fixture.job(before.id()))
          .is(JobStatus.CANCEL)
          .expiresAt(now.plus(Retention.DEFAULT.cancel()));
      assertThat(cancelled).containsExactly(before);
    } else {
      assertThat(result).isEqualTo(new ActionResult.NotAllowed(before.status()));
      assertThat(fixture.job(before.id())).isEqualTo(before);
      assertThat(cancelled).isEmpty();
    }
  }

  // CAN-02
  @Test
  void aCancelledJobIsNoLongerOffered() {
    Job job = stored(aJob().queue("q").order(1L));
    fixture.index.offer("q", List.of(ready(job)), 0);

    actions.cancel(job.id(), false);

    assertThat(fixture.index.take("q", 5)).isEmpty();
  }

  // CAN-05, TTL-03, BUG-12
  @Test
  void theDocumentOfACancelledJobIsKeptAsItsTaskOrItselfSays() {
    Job ofTask = stored(aJob().path("mails.Send"));
    Job ofJob = stored(aJob().path("mails.Send").ttl(Duration.ofMinutes(7)));

    actions.cancel(ofTask.id(), false);
    actions.cancel(ofJob.id(), false);

    JobAssert.assertThat(fixture.job(ofTask.id()))
        .expiresAt(now.plus(ClientFixture.MAIL_RETENTION.cancel()));
    JobAssert.assertThat(fixture.job(ofJob.id())).expiresAt(now.plus(Duration.ofMinutes(7)));
  }

  // requeue

  // BUG-29, BUG-30
  @ParameterizedTest
  @EnumSource
  void everyJobButAQueuedOrRunningOneIsRequeued(JobStatus status) {
    Job job = stored(busy(status));

    ActionResult result = actions.requeue(job.id(), null, false);

    assertRequeued(job, result, !NOT_REQUEUEABLE.contains(status));
  }

  @ParameterizedTest
  @EnumSource
  void byForceARunningJobIsRequeuedToo(JobStatus status) {
    Job job = stored(busy(status));

    ActionResult result = actions.requeue(job.id(), null, true);

    assertRequeued(job, result, status != JobStatus.QUEUED);
    if (status == JobStatus.STARTED) {
      JobAssert.assertThat(fixture.job(job.id())).hasNoClaim();
    }
  }

  private static Job.Builder busy(JobStatus status) {
    return aJob()
        .status(status)
        .priority(3)
        .attempt(6)
        .retryCount(2)
        .crashes(1)
        .worker(WorkerId.next())
        .claim(ClaimToken.next())
        .dateexpires(status.isFinal() ? Instant.MAX : null);
  }

  private void assertRequeued(Job before, ActionResult result, boolean moved) {
    if (moved) {
      long order = JobOrder.of(now, 3);
      assertThat(result).isEqualTo(new ActionResult.Moved(JobStatus.QUEUED));
      JobAssert.assertThat(fixture.job(before.id()))
          .is(JobStatus.QUEUED)
          .isIn(before.queue())
          .hasOrder(order)
          .hasCounts(6, 0, 0)
          .neverExpires();
      assertThat(fixture.index.take(before.queue(), 5)).containsExactly(before.id());
      assertThat(requeued).containsExactly(before);
    } else {
      assertThat(result).isEqualTo(new ActionResult.NotAllowed(before.status()));
      assertThat(fixture.job(before.id())).isEqualTo(before);
      assertThat(fixture.index.take(before.queue(), 5)).isEmpty();
      assertThat(requeued).isEmpty();
    }
  }

  // REQ-02, BUG-29
  @Test
  void aRequeuedJobGoesToTheTail() {
    Job waiting = stored(aJob().queue("q").order(JobOrder.of(now, 0)));
    fixture.index.offer("q", List.of(ready(waiting)), 0);
    Job failed = stored(aJob().queue("q").status(JobStatus.FAILED).datequeued(Instant.EPOCH));
    fixture.clock.advance(Duration.ofSeconds(1));

    actions.requeue(failed.id(), null, false);

    assertThat(fixture.index.take("q", 5)).containsExactly(waiting.id(), failed.id());
    assertThat(fixture.job(failed.id()).datequeued()).isEqualTo(now.plusSeconds(1));
  }

  // RTY-09
  @Test
  void aRequeueCanMoveTheJobToAnotherQueue() {
    Job job = stored(aJob().queue("old").status(JobStatus.RETRY).order(1L));
    fixture.index.offer("old", List.of(ready(job)), 0);

    assertThat(actions.requeue(job.id(), "new", false))
        .isEqualTo(new ActionResult.Moved(JobStatus.QUEUED));

    JobAssert.assertThat(fixture.job(job.id())).isIn("new");
    assertThat(fixture.index.take("old", 5)).isEmpty();
    assertThat(fixture.index.take("new", 5)).containsExactly(job.id());
  }

  @Test
  void aRequeueToAnIllegalQueueChangesNothing() {
    Job job = stored(aJob().status(JobStatus.FAILED));

    assertThatThrownBy(() -> actions.requeue(job.id(), "no blanks", false))
        .isInstanceOf(InvalidJobException.class);

    assertThat(fixture.job(job.id())).isEqualTo(job);
  }

  @Test
  void aJobInAQueueThatPythonNamedFreelyGoesBackThere() {
    Job job = stored(aJob().queue("named freely").status(JobStatus.FAILED));

    assertThat(actions.requeue(job.id(), null, false))
        .isEqualTo(new ActionResult.Moved(JobStatus.QUEUED));
    JobAssert.assertThat(fixture.job(job.id())).isIn("named freely");
  }

  // both

  @Test
  void aJobThatIsNotThereIsNotFound() {
    assertThat(actions.cancel(JobId.next(), true)).isEqualTo(new ActionResult.NotFound());
    assertThat(actions.requeue(JobId.next(), null, true)).isEqualTo(new ActionResult.NotFound());
  }

  @Test
  void whileTheIndexIsAwayJobsAreStillMoved() {
    Job waiting = stored(aJob());
    Job failed = stored(aJob().status(JobStatus.FAILED));
    fixture.index.setAvailable(false);

    assertThat(actions.cancel(waiting.id(), false))
        .isEqualTo(new ActionResult.Moved(JobStatus.CANCEL));
    assertThat(actions.requeue(failed.id(), "new", false))
        .isEqualTo(new ActionResult.Moved(JobStatus.QUEUED));
    fixture.index.setAvailable(true);
    assertThat(fixture.index.take("new", 5)).isEmpty();
  }

  // another was faster

  // BUG-02
  @Test
  void aJobThatIsClaimedBetweenLookAndCancelKeepsRunning() {
    Job job = stored(aJob());
    JobActions late = actions(afterTheFirstLook(() -> move(job.id(), JobStatus.STARTED)));

    assertThat(late.cancel(job.id(), false))
        .isEqualTo(new ActionResult.NotAllowed(JobStatus.STARTED));

    JobAssert.assertThat(fixture.job(job.id())).is(JobStatus.STARTED).neverExpires();
    assertThat(cancelled).isEmpty();
  }

  // BUG-02
  @Test
  void aJobThatSucceedsBetweenLookAndForcedRequeueIsRequeuedFromThere() {
    Job job = stored(aJob().status(JobStatus.STARTED));
    JobActions late = actions(afterTheFirstLook(() -> move(job.id(), JobStatus.SUCCESS)));

    assertThat(late.requeue(job.id(), null, true))
        .isEqualTo(new ActionResult.Moved(JobStatus.QUEUED));
  }

  // BUG-02
  @Test
  void aJobThatIsRequeuedTwiceAtOnceIsMovedOnce() {
    Job job = stored(aJob().status(JobStatus.FAILED));
    JobActions late =
        actions(
            afterTheFirstLook(() ->
                assertThat(actions.requeue(job.id(), "first", false))
                    .isEqualTo(new ActionResult.Moved(JobStatus.QUEUED))));

    assertThat(late.requeue(job.id(), "second", false))
        .isEqualTo(new ActionResult.NotAllowed(JobStatus.QUEUED));

    JobAssert.assertThat(fixture.job(job.id())).isIn("first");
    assertThat(fixture.index.take("second", 5)).isEmpty();
  }

  @Test
  void aJobThatIsDeletedBetweenLookAndMoveIsNotFound() {
    Job job = stored(aJob().status(JobStatus.FAILED).dateexpires(now));
    JobActions late =
        actions(afterTheFirstLook(() -> fixture.store.recovery().deleteExpired(now, 1)));

    assertThat(late.requeue(job.id(), null, false)).isEqualTo(new ActionResult.NotFound());
  }

  private void move(JobId id, JobStatus to) {
    fixture.store.insertAsIs(JobBuilder.like(fixture.job(id)).status(to).build());
  }

  private Job stored(Job.Builder builder) {
    Job job = builder.build();
    fixture.store.insertAsIs(job);
    return job;
  }

  private static ReadyJob ready(Job job) {
    Long order = job.order();
    assertThat(order).isNotNull();
    return new ReadyJob(job.id(), job.queue(), order);
  }

  private JobActions actions(JobQueries queries) {
    return new JobActions(
        queries,
        fixture.store.moves(),
        fixture.dispatcher,
        fixture.tasks,
        new ActionEvents() {
          @Override
          public void cancelled(Job job) {
            cancelled.add(job);
          }

          @Override
          public void requeued(Job job) {
            requeued.add(job);
          }
        },
        fixture.clock);
  }

  /** Queries after whose first answer something else happens at once. */
  private JobQueries afterTheFirstLook(Runnable meanwhile) {
    AtomicReference<@Nullable Runnable> once = new AtomicReference<>(meanwhile);
    return (JobQueries)
        Proxy.newProxyInstance(
            JobQueries.class.getClassLoader(),
            new Class<?>[] {JobQueries.class},
            (_, method, args) -> {
              Object found = method.invoke(fixture.store.queries(), args);
              Runnable now = once.getAndSet(null);
              if (now != null) {
                now.run();
              }
              return found;
            });
  }
}
