package io.mrq.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** From outcome to write, and what each write sets. */
// JOB-09
class CompletionTest {
  private static final Instant STARTED = Instant.parse("2026-01-05T12:00:00Z");
  private static final Instant NOW = STARTED.plusMillis(2500);
  private static final Failure FAILURE = Failure.of("E", "why");
  private static final Claim CLAIM = Claim.by(WorkerId.next());

  static Stream<Arguments> finalEnds() {
    return Stream.of(
        Arguments.of(new JobOutcome.Succeeded(7), "success", 7, null, 7),
        Arguments.of(new JobOutcome.Succeeded(null), "success", null, null, 7),
        Arguments.of(new JobOutcome.Failed(FAILURE), "failed", null, FAILURE, 180),
        Arguments.of(new JobOutcome.TimedOut(FAILURE), "timeout", null, FAILURE, 180),
        Arguments.of(new JobOutcome.Aborted(FAILURE), "abort", null, FAILURE, 1),
        Arguments.of(new JobOutcome.RetriesExhausted(FAILURE), "maxretries", null, FAILURE, 180));
  }

  @ParameterizedTest
  @MethodSource("finalEnds")
  void aFinalEndExpiresAndGoesNowhere(
      JobOutcome outcome,
      String status,
      @Nullable Object result,
      @Nullable Failure failure,
      int days) {
    Job job = job(0, 0, null);

    Completion end = Completion.of(job, CLAIM, outcome, Retention.DEFAULT, NOW);

    assertThat(end.run()).isEqualTo(new Run(job.id(), CLAIM));
    assertThat(end.transition().to().text()).isEqualTo(status);
    assertThat(end.ended()).isEqualTo(NOW);
    assertThat(end.totaltime()).isEqualTo(Duration.ofMillis(2500));
    assertThat(end.result()).isEqualTo(result);
    assertThat(end.failure()).isEqualTo(failure);
    assertThat(end.dateexpires()).isEqualTo(NOW.plus(Duration.ofDays(days)));
    assertThat(end.next()).isNull();
    assertThat(end.ready()).isNull();
  }

  // TTL-01
  @Test
  void theJobsOwnTimeToLiveWins() {
    Completion end =
        Completion.of(
            job(0, 0, Duration.ofMinutes(1)),
            CLAIM,
            new JobOutcome.Succeeded(1),
            Retention.DEFAULT,
            NOW);

    assertThat(end.dateexpires()).isEqualTo(NOW.plusSeconds(60));
  }

  // TTL-04
  @Test
  void anInterruptNeverExpiresAndKeepsItsPlace() {
    Completion end =
        Completion.of(
            job(0, 0, Duration.ofMinutes(1)),
            CLAIM,
            new JobOutcome.Interrupted(FAILURE),
            Retention.DEFAULT,
            NOW);

    assertThat(end.transition()).isEqualTo(JobTransition.STOP);
    assertThat(end.failure()).isEqualTo(FAILURE);
    assertThat(end.dateexpires()).isNull();
    assertThat(end.next()).isNull();
    assertThat(end.ready()).isNull();
  }

  // RTY-05
  @Test
  void aRetryWithDelayWaitsUnderItsFutureOrder() {
    Completion end = retried(job(3, 2, null), Duration.ofSeconds(5), "elsewhere");

    Instant due = NOW.plusSeconds(5);
    assertThat(end.transition()).isEqualTo(JobTransition.RETRY_LATER);
    assertThat(end.next()).isEqualTo(new Completion.Next("elsewhere", due, JobOrder.of(due, 3), 3));
    assertThat(end.failure()).isEqualTo(FAILURE);
    assertThat(end.dateexpires()).isNull();
    assertThat(end.ready()).as("nothing to offer before it is due").isNull();
  }

  // RTY-03
  @Test
  void aRetryWithoutDelayIsQueuedAtOnceAtTheTail() {
    Job job = job(-2, 0, null);

    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      Completion end = retried(job, none, null);

      assertThat(end.transition()).isEqualTo(JobTransition.RETRY_NOW);
      assertThat(end.next()).isEqualTo(new Completion.Next("origin", NOW, JobOrder.of(NOW, -2), 1));
      assertThat(end.ready()).isEqualTo(new ReadyJob(job.id(), "origin", JobOrder.of(NOW, -2)));
      assertThat(end.dateexpires()).isNull();
    }
  }

  @Test
  void aJobThatIsPutBackCountsAsNothing() {
    Completion end =
        Completion.of(
            job(0, 2, null),
            CLAIM,
            new JobOutcome.PutBack(Duration.ofSeconds(5)),
            Retention.DEFAULT,
            NOW);

    assertThat(end.transition()).isEqualTo(JobTransition.RETRY_LATER);
    assertThat(end.failure()).isNull();
    assertThat(end.next())
        .isEqualTo(
            new Completion.Next(
                "origin", NOW.plusSeconds(5), JobOrder.of(NOW.plusSeconds(5), 0), 2));
  }

  @Test
  void aClockThatWentBackGivesNoNegativeTime() {
    Completion end =
        Completion.of(
            job(0, 0, null),
            CLAIM,
            new JobOutcome.Succeeded(1),
            Retention.DEFAULT,
            STARTED.minusSeconds(9));

    assertThat(end.totaltime()).isZero();
  }

  @Test
  void aRetryBeyondAllDatesWaitsACentury() {
    Completion end = retried(job(0, 0, null), Duration.ofSeconds(Long.MAX_VALUE), null);

    Instant due = NOW.plus(TimeHorizon.LONGEST);
    assertThat(end.next()).isEqualTo(new Completion.Next("origin", due, JobOrder.of(due, 0), 1));
  }

  @Test
  void aTimeToLiveBeyondAllDatesIsACentury() {
    Completion end =
        Completion.of(
            job(0, 0, Duration.ofSeconds(Long.MAX_VALUE)),
            CLAIM,
            new JobOutcome.Succeeded(1),
            Retention.DEFAULT,
            NOW);

    assertThat(end.dateexpires()).isEqualTo(NOW.plus(TimeHorizon.LONGEST));
  }

  // BUG-36
  @Test
  void anEndThatCannotBeStoredBecomesAFailureOfTheSameRun() {
    Completion end =
        Completion.of(
            job(0, 0, null), CLAIM, new JobOutcome.Succeeded(new Object()), Retention.DEFAULT, NOW);
    Failure why = Failure.of("NotStorableException", "too large");

    Completion failed = end.failedInstead(why, Retention.DEFAULT, null);

    assertThat(failed)
        .isEqualTo(
            Completion.builder(end.run(), JobTransition.FAIL, NOW)
                .totaltime(end.totaltime())
                .failure(why)
                .fingerprint("NotStorableException")
                .dateexpires(NOW.plus(Duration.ofDays(180)))
                .build());
    assertThat(end.failedInstead(why, Retention.DEFAULT, Duration.ofSeconds(1)).dateexpires())
        .isEqualTo(NOW.plusSeconds(1));
  }

  private static Completion retried(Job job, Duration delay, @Nullable String queue) {
    return Completion.of(
        job, CLAIM, new JobOutcome.Retried(delay, queue, FAILURE), Retention.DEFAULT, NOW);
  }

  private static Job job(int priority, int retryCount, @Nullable Duration ttl) {
    return Job.builder(JobId.next(), "tests.Sample", "origin")
        .status(JobStatus.STARTED)
        .priority(priority)
        .order(JobOrder.of(STARTED, priority))
        .datequeued(STARTED)
        .datestarted(STARTED)
        .worker(CLAIM.worker())
        .claim(CLAIM.token())
        .attempt(1)
        .retryCount(retryCount)
        .ttl(ttl)
        .build();
  }
}
