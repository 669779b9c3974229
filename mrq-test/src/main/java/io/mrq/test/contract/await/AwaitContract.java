package io.mrq.test.contract.await;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.await.JobNotFoundException;
import io.mrq.await.JobWaits;
import io.mrq.job.Claim;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.test.contract.StoreContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers learn how the jobs end that they wait for. */
public abstract class AwaitContract extends StoreContract {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private JobWaits waits;

  @BeforeEach
  void openWaits() {
    waits = new JobWaits(ports.jobs(), ports.queries(), Thread::startVirtualThread);
  }

  @AfterEach
  void closeWaits() {
    waits.close();
  }

  // RES-01
  @ParameterizedTest
  @EnumSource(
      names = {"SUCCESS", "FAILED", "TIMEOUT", "ABORT", "MAXRETRIES", "MAXCONCURRENCY", "CANCEL"})
  void aJobThatHasEndedIsReturnedAsItIsStored(JobStatus status) throws InterruptedException {
    JobId id = jobIn(status);

    Job ended = waits.await(id, PATIENCE);

    assertThat(ended).isEqualTo(job(id));
    assertThat(ended.status()).isEqualTo(status);
    assertThat(ended.result()).isEqualTo(status == JobStatus.SUCCESS ? 42 : null);
  }

  @Test
  void everyCallerLearnsOfTheEndOfItsJob() {
    List<NewJob> jobs = stored(50, "default");
    List<CompletableFuture<Job>> callers =
        jobs.stream()
            .flatMap(job -> List.of(waits.ended(job.id()), waits.ended(job.id())).stream())
            .toList();
    Claim claim = claimed(jobs.toArray(NewJob[]::new));
    for (int i = 0; i < jobs.size(); i++) {
      end(jobs.get(i).id(), claim, new JobOutcome.Succeeded(i), NOW);
    }

    for (int i = 0; i < callers.size(); i++) {
      assertThat(callers.get(i)).succeedsWithin(PATIENCE);
      assertThat(callers.get(i).join().result()).isEqualTo(i / 2);
    }
  }

  @Test
  void aJobThatIsNotThereIsNotWaitedFor() {
    assertThatThrownBy(() -> waits.await(JobId.next(), PATIENCE))
        .isInstanceOf(JobNotFoundException.class);
  }

  @Test
  void aJobThatIsDeletedMeanwhileIsNotWaitedFor() {
    NewJob job = stored(aNewJob());
    CompletableFuture<Job> caller = waits.ended(job.id());
    ports.jobs().withdraw(List.of(job.id()));

    assertThat(caller)
        .failsWithin(PATIENCE)
        .withThrowableThat()
        .withCauseInstanceOf(JobNotFoundException.class);
  }
}
