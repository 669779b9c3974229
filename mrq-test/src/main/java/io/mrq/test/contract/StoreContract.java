package io.mrq.test.contract;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.Retention;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.port.StorePorts;
import io.mrq.recovery.RecoveryStore;
import io.mrq.test.MutableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;

/** What the suites of all store ports share: an empty store, and jobs in any status. */
public abstract class StoreContract {
  protected static final Instant NOW = MutableClock.START;
  protected static final Instant LATER = NOW.plusSeconds(30);
  public static final Failure FAILURE = new Failure("ValueError", "at line 7", "caused at line 3");

  protected StoreUnderTest store;
  protected StorePorts ports;

  /** A store without any data; called before each test. */
  protected abstract StoreUnderTest emptyStore();

  @BeforeEach
  protected void openStore() {
    store = emptyStore();
    ports = store.ports();
  }

  /** Stores one job. */
  protected NewJob stored(NewJob.Builder builder) {
    NewJob job = builder.build();
    ports.jobs().insert(List.of(job));
    return job;
  }

  /** Stores jobs; the first one has the first place in the queue. */
  protected List<NewJob> stored(int count, String queue) {
    List<NewJob> jobs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      jobs.add(aNewJob().queue(queue).datequeued(NOW.plusMillis(i)).build());
    }
    ports.jobs().insert(jobs);
    return jobs;
  }

  /** The stored job. */
  protected Job job(JobId id) {
    return ports.queries().find(id).orElseThrow(() -> new AssertionError("no job " + id));
  }

  /** Claims these jobs, which are all in one queue, for a new worker. */
  protected Claim claimed(NewJob... jobs) {
    Claim claim = Claim.by(WorkerId.next());
    claimBy(claim, jobs);
    return claim;
  }

  protected void claimBy(Claim claim, NewJob... jobs) {
    ports.jobs().claim(claim, jobs[0].queue(), ids(Arrays.asList(jobs)), NOW);
  }

  /** Completes the run of a claimed job; returns how many documents matched. */
  protected long end(JobId id, Claim claim, JobOutcome outcome, Instant now) {
    return end(Completion.of(job(id), claim, outcome, Retention.DEFAULT, now));
  }

  protected long end(Completion completion) {
    return ports.jobs().complete(List.of(ports.jobs().prepare(completion))).matched();
  }

  /** Checks the answer of a rescue of jobs of {@code tests.Sample}. */
  protected static void assertRescue(
      RecoveryStore.Rescue rescue, List<ReadyJob> requeued, int failed) {
    assertThat(rescue.requeued()).isEqualTo(requeued);
    assertThat(rescue.failed()).isEqualTo(failed);
    assertThat(rescue.crashes()).hasSize(requeued.size() + failed);
    assertThat(rescue.crashes()).allMatch(crash -> crash.path().equals("tests.Sample"));
  }

  protected static List<JobId> ids(List<NewJob> jobs) {
    return jobs.stream().map(NewJob::id).toList();
  }

  /** The id of a job that legal transitions have brought into this status. */
  protected JobId jobIn(JobStatus status) {
    return switch (status) {
      case QUEUED -> stored(aNewJob()).id();
      case RETRY -> stored(aNewJob().dateretry(LATER)).id();
      case STARTED -> started();
      case INTERRUPT -> ended(new JobOutcome.Interrupted(FAILURE));
      case SUCCESS -> ended(new JobOutcome.Succeeded(42));
      case FAILED -> ended(new JobOutcome.Failed(FAILURE));
      case TIMEOUT -> ended(new JobOutcome.TimedOut(FAILURE));
      case ABORT -> ended(new JobOutcome.Aborted(FAILURE));
      case MAXRETRIES -> ended(new JobOutcome.RetriesExhausted(FAILURE));
      case MAXCONCURRENCY -> refused();
      case CANCEL -> cancelled();
    };
  }

  private JobId started() {
    NewJob job = stored(aNewJob());
    claimed(job);
    return job.id();
  }

  private JobId ended(JobOutcome outcome) {
    NewJob job = stored(aNewJob());
    end(job.id(), claimed(job), outcome, NOW);
    return job.id();
  }

  private JobId refused() {
    NewJob job = stored(aNewJob());
    Claim claim = claimed(job);
    end(
        Completion.builder(new Run(job.id(), claim), JobTransition.REFUSE_CONCURRENCY, NOW)
            .failure(FAILURE)
            .fingerprint(FAILURE.exceptiontype())
            .dateexpires(LATER)
            .build());
    return job.id();
  }

  private JobId cancelled() {
    NewJob job = stored(aNewJob());
    ports.moves().cancel(job.id(), Set.of(JobStatus.QUEUED), NOW, LATER);
    return job.id();
  }
}
