package io.mrq.engine.complete;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.dispatch.JobDispatcher;
import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.engine.home.DocumentHome;
import io.mrq.engine.home.RunHome;
import io.mrq.engine.log.JobLogs;
import io.mrq.engine.run.RunningJob;
import io.mrq.engine.run.RunningJobs;
import io.mrq.engine.worker.FaultyJobStore;
import io.mrq.job.Claim;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.job.WorkerId;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.TaskSettings;
import io.mrq.test.MutableClock;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Outcomes of which the committer must find out whether they are stored; without any waiting. */
class OutcomesInDoubtTest {
  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore memory = new InMemoryStore(clock);
  private final FaultyJobStore jobs = new FaultyJobStore(memory.jobs());
  private final RunningJobs runs = new RunningJobs();
  private final WorkerId worker = WorkerId.next();
  private final List<JobId> refused = new ArrayList<>();
  private final List<JobId> finished = new ArrayList<>();
  private final WorkerEvents events =
      event -> {
        switch (event) {
          case WorkerEvent.Refused(Job job) -> refused.add(job.id());
          case WorkerEvent.Finished(Job job, _, _) -> finished.add(job.id());
          default -> {}
        }
      };
  private final AtomicLong nanos = new AtomicLong();
  private final RunHome home = new DocumentHome(jobs.store());
  private final JobCompleter completer =
      new JobCompleter(
          home,
          new JobDispatcher(new InMemoryDispatchIndex()),
          new OutcomeEncoder(clock, () -> 0),
          runs,
          JobLogs.off(),
          events,
          clock,
          nanos::get,
          3);

  private RunningJob claimed() {
    NewJob job = aNewJob().queue("default").build();
    memory.jobs().insert(List.of(job));
    Claim claim = Claim.by(worker);
    memory.jobs().claim(claim, "default", List.of(job.id()), clock.instant());
    Job started = memory.jobs().claimed(claim, List.of(job.id())).getFirst();
    RunningJob running = new RunningJob(started, claim, home, TaskSettings.DEFAULT, 0);
    runs.add(running);
    return running;
  }

  private void submit(RunningJob running, JobOutcome outcome) {
    clock.advance(Duration.ofSeconds(1));
    running.decide(new RunningJob.Ending.ToStore(outcome), 0);
    running.bodyEnded();
    completer.submit(running);
  }

  private Job job(RunningJob running) {
    return memory.queries().find(running.job().id()).orElseThrow();
  }

  @Test
  void aJobThatAnotherWriterTookOutOfItsRunIsNotFinished() throws InterruptedException {
    RunningJob running = claimed();
    // Another writer knows nothing of claims and leaves them in place.
    memory.insertAsIs(
        JobBuilder.like(job(running))
            .status(JobStatus.QUEUED)
            .queue("nowhere")
            .dateupdated(clock.instant())
            .build());
    submit(running, new JobOutcome.Succeeded(1));

    completer.step();

    assertThat(refused).containsExactly(running.job().id());
    assertThat(finished).isEmpty();
    assertThat(runs.isEmpty()).isTrue();
  }

  @Test
  void aRetryWhoseReplyWasLostIsFinishedAlthoughAnotherRunsItAlready() throws InterruptedException {
    RunningJob running = claimed();
    jobs.loseReplies("complete", 1);
    submit(
        running, new JobOutcome.Retried(Duration.ZERO, null, Failure.of("RetryInterrupt", "why")));
    assertThat(completer.step()).isPositive();
    memory
        .jobs()
        .claim(Claim.by(WorkerId.next()), "default", List.of(running.job().id()), clock.instant());

    completer.step();

    assertThat(finished).containsExactly(running.job().id());
    assertThat(refused).isEmpty();
  }

  @Test
  void aCancelledJobIsNeitherFinishedNorTakenByAnother() throws InterruptedException {
    RunningJob running = claimed();
    memory
        .moves()
        .cancel(running.job().id(), Set.of(JobStatus.STARTED), clock.instant(), clock.instant());
    submit(running, new JobOutcome.Succeeded(1));

    completer.step();

    assertThat(refused).isEmpty();
    assertThat(finished).isEmpty();
    assertThat(runs.isEmpty()).isTrue();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private Duration now() {
    return Duration.ofNanos(nanos.get());
  }

  /** A job whose outcome is stored in the step in which it is sent, without any wait. */
  private void anotherEndsAtOnce() throws InterruptedException {
    RunningJob other = claimed();
    submit(other, new JobOutcome.Succeeded(2));
    assertThat(completer.step()).isZero();
    assertThat(job(other).status()).isEqualTo(JobStatus.SUCCESS);
  }

  @Test
  void anOutcomeThatNeverMatchesIsGivenUpAfterGrowingWaitsAndHoldsUpNoOther()
      throws InterruptedException {
    RunningJob odd = claimed();
    List<Duration> sent = new ArrayList<>();
    jobs.ignore(end -> end.run().job().equals(odd.job().id()) && sent.add(now()));
    submit(odd, new JobOutcome.Succeeded(1));

    while (refused.isEmpty()) {
      anotherEndsAtOnce();
      pass(Duration.ofMillis(100));
    }

    assertThat(sent)
        .containsExactly(
            Duration.ZERO,
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            Duration.ofMillis(700),
            Duration.ofMillis(1500),
            Duration.ofMillis(3100),
            Duration.ofMillis(6300),
            Duration.ofMillis(11300));
    assertThat(refused).containsExactly(odd.job().id());
    assertThat(runs.isEmpty()).isTrue();
    assertThat(runs.knows(odd.run())).as("no audit gives it back").isTrue();
  }

  @Test
  void anOutcomeWhoseWriteAlwaysFailsHoldsUpNoOtherAndIsStoredAsSoonAsItCanBe()
      throws InterruptedException {
    RunningJob odd = claimed();
    List<Duration> sent = new ArrayList<>();
    jobs.fail(end -> end.run().job().equals(odd.job().id()) && sent.add(now()));
    submit(odd, new JobOutcome.Succeeded(1));
    for (int i = 0; i < 3; i++) {
      assertThat(completer.step()).as("the store may be away").isPositive();
    }
    // It is found out in this one that it must be sent alone.
    assertThat(completer.step()).isZero();

    for (int i = 0; i < 100; i++) {
      completer.step();
      anotherEndsAtOnce();
      pass(Duration.ofMillis(300));
    }

    assertThat(sent).as("with growing waits").hasSizeBetween(8, 16);
    assertThat(job(odd).status()).isEqualTo(JobStatus.STARTED);
    assertThat(runs.knows(odd.run())).isTrue();
    jobs.fail(_ -> false);
    pass(Duration.ofSeconds(5));
    completer.step();
    assertThat(job(odd).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(runs.isEmpty()).isTrue();
  }

  @Test
  void anOutcomeThatMakesEachCallFailIsFoundAndTheOthersAreStored() throws InterruptedException {
    List<RunningJob> all = Stream.generate(this::claimed).limit(5).toList();
    JobId odd = all.getFirst().job().id();
    jobs.refuse(end -> {
      if (end.run().job().equals(odd)) {
        throw new StoreUnavailableException("no answer", null);
      }
      return null;
    });
    all.forEach(running -> submit(running, new JobOutcome.Succeeded(1)));

    for (int i = 0; i < 20; i++) {
      completer.step();
      pass(Duration.ofMillis(100));
    }

    assertThat(runs.all()).containsExactly(all.getFirst());
    assertThat(all.subList(1, 5)).allMatch(one -> job(one).status() == JobStatus.SUCCESS);
  }

  @Test
  void outcomesThatAreLostWhileEachIsSentAloneLeaveTheCommitterOpenForOthers()
      throws InterruptedException {
    List<RunningJob> first = Stream.generate(this::claimed).limit(3).toList();
    jobs.refuse(_ -> {
      throw new IllegalArgumentException("no message can hold it");
    });
    first.forEach(running -> submit(running, new JobOutcome.Succeeded(1)));
    completer.step();
    jobs.refuse(_ -> null);
    jobs.loseRequests("complete", 1);
    completer.step();
    for (RunningJob running : first) {
      memory
          .moves()
          .cancel(running.job().id(), Set.of(JobStatus.STARTED), clock.instant(), clock.instant());
    }

    completer.step();
    RunningJob other = claimed();
    submit(other, new JobOutcome.Succeeded(2));
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(1));
      completer.step();
    }

    assertThat(job(other).status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(runs.isEmpty()).isTrue();
  }
}
