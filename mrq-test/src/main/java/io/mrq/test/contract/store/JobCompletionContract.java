package io.mrq.test.contract.store;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.AttemptRecord;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOrder;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.Retention;
import io.mrq.store.CompletionReply;
import io.mrq.store.JobStore;
import io.mrq.store.NotStorableException;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.RunState;
import io.mrq.test.builder.JobAssert;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a {@code JobStore} stores of a completed run. */
public abstract class JobCompletionContract extends StoreContract {
  @Test
  void aSuccessStoresItsResultAndKeepsWhoRanIt() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);

    long matched = end(job.id(), claim, new JobOutcome.Succeeded(List.of(1, "two")), LATER);

    assertThat(matched).isEqualTo(1);
    Job ended = job(job.id());
    JobAssert.assertThat(ended)
        .is(JobStatus.SUCCESS)
        .isHeldBy(claim)
        .expiresAt(LATER.plus(Retention.DEFAULT.success()))
        .hasCounts(1, 0, 0)
        .hasHistoryOf(0);
    assertThat(ended.result()).isEqualTo(List.of(1, "two"));
    assertThat(ended.dateupdated()).isEqualTo(LATER);
    assertThat(ended.totaltime()).isEqualTo(Duration.between(NOW, LATER));
    assertThat(ended.exceptiontype()).isNull();
    assertThat(ended.traceback()).isNull();
  }

  // RES-01
  @Test
  void resultsOfEveryPlainKindComeBack() {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("none", null);
    result.put("text", "Ω\n\t\"quoted\"");
    result.put("numbers", List.of(1, Long.MIN_VALUE, 1e-300));
    result.put("date", NOW);
    result.put("deep", Map.of("list", Arrays.asList(true, null, Map.of())));
    NewJob job = stored(aNewJob());

    end(job.id(), claimed(job), new JobOutcome.Succeeded(result), NOW);

    assertThat(job(job.id()).result()).isEqualTo(result);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new JobOutcome.Failed(FAILURE), JobStatus.FAILED, LATER.plus(Duration.ofDays(180))),
        Arguments.of(
            new JobOutcome.TimedOut(FAILURE), JobStatus.TIMEOUT, LATER.plus(Duration.ofDays(180))),
        Arguments.of(
            new JobOutcome.Aborted(FAILURE), JobStatus.ABORT, LATER.plus(Duration.ofDays(1))),
        Arguments.of(
            new JobOutcome.RetriesExhausted(FAILURE),
            JobStatus.MAXRETRIES,
            LATER.plus(Duration.ofDays(180))),
        Arguments.of(new JobOutcome.Interrupted(FAILURE), JobStatus.INTERRUPT, null));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureStoresItsCauseAndALineOfHistory(
      JobOutcome outcome, JobStatus status, @Nullable Instant expires) {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);

    assertThat(end(job.id(), claim, outcome, LATER)).isEqualTo(1);

    Job ended = job(job.id());
    JobAssert.assertThat(ended).is(status).isHeldBy(claim).hasCounts(1, 0, 0).hasOrder(job.order());
    assertThat(ended.dateexpires()).isEqualTo(expires);
    assertThat(ended.exceptiontype()).isEqualTo("ValueError");
    assertThat(ended.traceback()).isEqualTo("at line 7");
    assertThat(ended.dateupdated()).isEqualTo(LATER);
    assertThat(ended.tracebackHistory())
        .containsExactly(new AttemptRecord(LATER, status.text(), FAILURE, claim.worker()));
  }

  @Test
  void aRetryWaitsForItsDateWithItsPlaceAlreadyWritten() {
    NewJob job = stored(aNewJob().queue("first").priority(2));
    Claim claim = claimed(job);

    end(job.id(), claim, new JobOutcome.Retried(Duration.ofSeconds(5), "second", FAILURE), LATER);

    Instant due = LATER.plusSeconds(5);
    Job waiting = job(job.id());
    JobAssert.assertThat(waiting)
        .is(JobStatus.RETRY)
        .isIn("second")
        .hasOrder(JobOrder.of(due, 2))
        .hasCounts(1, 1, 0)
        .hasHistoryOf(1)
        .neverExpires();
    assertThat(waiting.dateretry()).isEqualTo(due);
    assertThat(waiting.exceptiontype()).isEqualTo("ValueError");
    assertThat(waiting.isDelayed()).isFalse();
  }

  @Test
  void aRetryWithoutDelayIsQueuedAtTheTailAtOnce() {
    NewJob job = stored(aNewJob().queue("first"));
    Completion end =
        Completion.of(
            job(job.id()),
            claimed(job),
            new JobOutcome.Retried(Duration.ZERO, "second", FAILURE),
            Retention.DEFAULT,
            LATER);

    end(end);

    Job queued = job(job.id());
    JobAssert.assertThat(queued)
        .is(JobStatus.QUEUED)
        .isIn("second")
        .hasOrder(JobOrder.of(LATER, 0))
        .hasCounts(1, 1, 0)
        .hasHistoryOf(1)
        .neverExpires();
    assertThat(queued.datequeued()).isEqualTo(LATER);
    assertThat(queued.dateretry()).isNull();
    assertThat(ports.jobs().queued(Set.of("second"), 5)).isEqualTo(List.of(ready(end)));
  }

  private static ReadyJob ready(Completion end) {
    ReadyJob ready = end.ready();
    assertThat(ready).isNotNull();
    return ready;
  }

  @Test
  void aJobThatIsPutBackUnstartedCostsNothing() {
    NewJob job = stored(aNewJob());

    end(job.id(), claimed(job), new JobOutcome.PutBack(Duration.ofSeconds(5)), LATER);

    JobAssert.assertThat(job(job.id()))
        .is(JobStatus.RETRY)
        .hasCounts(1, 0, 0)
        .hasHistoryOf(0)
        .hasOrder(JobOrder.of(LATER.plusSeconds(5), 0))
        .neverExpires();
    assertThat(job(job.id()).exceptiontype()).isNull();
  }

  @Test
  void aBatchStoresTheEndsOfAllRunsThatStillHoldTheirJob() {
    JobStore jobs = ports.jobs();
    List<NewJob> all = stored(500, "batch");
    Claim claim = claimed(all.toArray(NewJob[]::new));
    List<PreparedCompletion> ends = new ArrayList<>();
    for (Job job : jobs.claimed(claim, ids(all))) {
      ends.add(
          jobs.prepare(
              Completion.of(job, claim, new JobOutcome.Succeeded("ok"), Retention.DEFAULT, LATER)));
    }
    JobId cancelled = all.get(3).id();
    ports.moves().cancel(cancelled, Set.of(JobStatus.STARTED), NOW, LATER);

    CompletionReply reply = jobs.complete(ends);

    assertThat(reply).isEqualTo(new CompletionReply(499, Map.of()));
    Map<JobId, RunState> states = jobs.states(ids(all));
    assertThat(states).hasSize(500);
    states.forEach((id, state) ->
        assertThat(state)
            .isEqualTo(
                id.equals(cancelled)
                    ? new RunState(JobStatus.CANCEL, claim.worker(), null, NOW)
                    : new RunState(JobStatus.SUCCESS, claim.worker(), claim.token(), LATER)));
    assertThat(jobs.complete(List.of())).isEqualTo(new CompletionReply(0, Map.of()));
  }

  // BUG-36
  @Test
  void aResultThatCannotBeStoredIsRefusedBeforeAnyWrite() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Job started = job(job.id());

    for (Object result : List.of(new Object(), Map.of("$bad", 1), new byte[16 * 1024 * 1024])) {
      Completion end =
          Completion.of(started, claim, new JobOutcome.Succeeded(result), Retention.DEFAULT, LATER);
      assertThatThrownBy(() -> ports.jobs().prepare(end))
          .as("a result of %s", result.getClass())
          .isInstanceOf(NotStorableException.class);
    }

    assertThat(job(job.id())).isEqualTo(started);
  }

  @Test
  void aResultMayHaveKeysWithDots() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    Map<String, Object> result = Map.of("mail@example.org", 1, "in", Map.of("a.b", Map.of("", 2)));
    Completion end =
        Completion.of(
            job(job.id()), claim, new JobOutcome.Succeeded(result), Retention.DEFAULT, LATER);

    ports.jobs().complete(List.of(ports.jobs().prepare(end)));

    assertThat(job(job.id()).result()).isEqualTo(result);
  }

  @Test
  void aPreparedEndHoldsTheResultAsItWas() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    List<Object> result = new ArrayList<>(List.of("early"));
    Completion end =
        Completion.of(
            job(job.id()), claim, new JobOutcome.Succeeded(result), Retention.DEFAULT, LATER);
    PreparedCompletion prepared = ports.jobs().prepare(end);

    result.add("late");
    ports.jobs().complete(List.of(prepared));

    assertThat(prepared.completion()).isEqualTo(end);
    assertThat(job(job.id()).result()).isEqualTo(List.of("early"));
  }
}
