package io.mrq.test.contract.store;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.TraceContext;
import io.mrq.job.WorkerId;
import io.mrq.store.NotStorableException;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a {@code JobStore} does with new jobs. */
public abstract class EnqueueContract extends StoreContract {
  @Test
  void aNewJobIsStoredQueuedWithItsPlaceInTheQueue() {
    NewJob job =
        stored(
            aNewJob()
                .path("mails.Send")
                .queue("mails")
                .priority(5)
                .timeout(Duration.ofSeconds(90))
                .maxRetries(7)
                .ttl(Duration.ofHours(3)));

    Job stored = job(job.id());

    JobAssert.assertThat(stored)
        .is(JobStatus.QUEUED)
        .isIn("mails")
        .hasOrder(JobOrder.of(NOW, 5))
        .hasCounts(0, 0, 0)
        .hasNoClaim()
        .neverExpires();
    assertThat(stored.path()).isEqualTo("mails.Send");
    assertThat(stored.priority()).isEqualTo(5);
    assertThat(stored.datequeued()).isEqualTo(NOW);
    assertThat(stored.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(stored.maxRetries()).isEqualTo(7);
    assertThat(stored.ttl()).isEqualTo(Duration.ofHours(3));
    assertThat(stored.datestarted()).isNull();
    assertThat(stored.worker()).isNull();
    assertThat(stored.result()).isNull();
    assertThat(stored.tracebackHistory()).isEmpty();
  }

  @Test
  void parentAndTraceAreStoredAndSurviveAClaim() {
    TraceContext trace =
        TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=1");
    NewJob parent = stored(aNewJob());
    NewJob child = stored(aNewJob().parent(parent.id()).trace(trace));

    assertThat(job(child.id()).parent()).isEqualTo(parent.id());
    assertThat(job(child.id()).trace()).isEqualTo(trace);
    assertThat(job(parent.id()).parent()).isNull();
    assertThat(job(parent.id()).trace()).isNull();
    Claim claim = Claim.by(WorkerId.next());
    ports.jobs().claim(claim, child.queue(), List.of(child.id()), NOW);
    Job claimed = ports.jobs().claimed(claim, List.of(child.id())).getFirst();
    assertThat(claimed.parent()).isEqualTo(parent.id());
    assertThat(claimed.trace()).isEqualTo(trace);
  }

  @Test
  void aDelayedJobIsStoredAsARetryThatWasNeverClaimed() {
    NewJob job = stored(aNewJob().priority(-3).dateretry(LATER));

    Job stored = job(job.id());

    JobAssert.assertThat(stored)
        .is(JobStatus.RETRY)
        .hasOrder(JobOrder.of(LATER, -3))
        .neverExpires();
    assertThat(stored.dateretry()).isEqualTo(LATER);
    assertThat(stored.isDelayed()).isTrue();
    assertThat(ports.jobs().queued(Set.of(job.queue()), 10)).isEmpty();
  }

  @Test
  void paramsComeBackAsTheyWereGiven() {
    Map<String, @Nullable Object> inner = new LinkedHashMap<>();
    inner.put("none", null);
    inner.put("text", "Grüße, 世界 🌍");
    inner.put("empty", "");
    inner.put("flags", Arrays.asList(true, false, null));
    List<Object> numbers = List.of(1, -7L, Long.MAX_VALUE, 0.25, Double.MAX_VALUE);

    NewJob job =
        stored(
            aNewJob()
                .param("inner", inner)
                .param("numbers", numbers)
                .param("date", NOW)
                .param("emptyList", List.of())
                .param("emptyMap", Map.of())
                .param("nothing", null));

    assertThat(job(job.id()).params()).isEqualTo(job.params());
  }

  @Test
  void bytesInParamsComeBackAsBytes() {
    NewJob job = stored(aNewJob().param("bytes", new byte[] {0, 1, -1}));

    assertThat(job(job.id()).params().get("bytes")).isEqualTo(new byte[] {0, 1, -1});
  }

  @Test
  void insertingAgainIsHarmlessEvenWhenTheJobHasMovedOn() {
    NewJob started = stored(aNewJob());
    Claim claim = claimed(started);
    NewJob fresh = aNewJob().build();

    ports.jobs().insert(List.of(started, fresh));
    ports.jobs().insert(List.of(fresh, started));

    JobAssert.assertThat(job(started.id())).is(JobStatus.STARTED).isHeldBy(claim);
    JobAssert.assertThat(job(fresh.id())).is(JobStatus.QUEUED);
  }

  @Test
  void aThousandJobsAreInsertedAtOnceAndNoneIsFineToo() {
    List<NewJob> jobs = stored(1000, "many");
    ports.jobs().insert(List.of());

    assertThat(ports.jobs().queued(Set.of("many"), 2000)).hasSize(1000);
    assertThat(ports.recovery().stillQueued(ids(jobs))).hasSize(1000);
  }

  @Test
  void aJobWhoseParamsHaveNoStoredFormIsRefused() {
    NewJob job = aNewJob().param("thing", new Object()).build();

    assertThatThrownBy(() -> ports.jobs().insert(List.of(job)))
        .isInstanceOf(NotStorableException.class);
    assertThat(ports.queries().find(job.id())).isEmpty();
  }

  @Test
  void onlyJobsThatWereNeverClaimedAreWithdrawn() {
    NewJob queued = stored(aNewJob());
    NewJob delayed = stored(aNewJob().dateretry(LATER));
    NewJob started = stored(aNewJob());
    NewJob retried = stored(aNewJob());
    NewJob neighbour = stored(aNewJob());
    claimed(started);
    end(
        retried.id(),
        claimed(retried),
        new JobOutcome.Retried(Duration.ZERO, null, FAILURE),
        LATER);
    List<JobId> ids = ids(List.of(queued, delayed, started, retried, aNewJob().build()));

    assertThat(ports.jobs().withdraw(ids)).isEqualTo(2);
    assertThat(ports.jobs().withdraw(ids)).isZero();
    assertThat(ports.jobs().withdraw(List.of())).isZero();

    assertThat(ports.jobs().states(ids)).containsOnlyKeys(started.id(), retried.id());
    assertThat(ports.queries().find(neighbour.id())).isPresent();
  }
}
