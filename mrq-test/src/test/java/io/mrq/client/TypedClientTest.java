package io.mrq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.await.JobNotFoundException;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Failure;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobOutcome;
import io.mrq.job.JobStatus;
import io.mrq.job.Retention;
import io.mrq.job.WorkerId;
import io.mrq.key.IdempotencyKey;
import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that are named by their Java code, enqueued and waited for over ports in memory. */
class TypedClientTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final TaskReference<Welcome, Receipt> WELCOME = TaskReference.to(Mails::welcome);

  private final ClientFixture fixture = new ClientFixture();
  private final JobClient client =
      new JobClient(
          fixture.ports,
          fixture.tasks,
          new MailsAsMaps(),
          JobClient.Observers.NONE,
          fixture.clock,
          Thread::startVirtualThread);

  @AfterEach
  void close() {
    client.close();
  }

  // ENQ-01, ENQ-03
  @Test
  void aMethodReferenceIsEnqueuedOnTheQueueOfItsTask() {
    JobHandle<Receipt> handle = client.enqueue(Mails::welcome, new Welcome("a@b.c", 2));

    Job job = fixture.job(handle.id());
    assertThat(job.path()).isEqualTo("mails.Send");
    assertThat(job.queue()).isEqualTo("mails");
    assertThat(job.params()).isEqualTo(Map.of("address", "a@b.c", "copies", 2));
    assertThat(handle).hasToString("job %s of %s", job.id(), WELCOME);
  }

  @Test
  void aMethodWithoutAResultAndAClassAreEnqueued() {
    JobHandle<Void> forget = client.enqueue(Mails::forget, new Welcome("a@b.c", 1));
    JobHandle<Receipt> shout = client.enqueue(Shout.class, new Welcome("a@b.c", 1));
    JobHandle<Void> nightly =
        client.enqueue(TaskReference.to(Mails::nightly).withoutParams().priority(7));

    assertThat(fixture.job(forget.id()).path()).isEqualTo("Mails.forget");
    assertThat(fixture.job(shout.id()).path()).isEqualTo("Shout");
    assertThat(fixture.job(nightly.id()).priority()).isEqualTo(7);
    assertThat(fixture.job(nightly.id()).params()).isEmpty();
  }

  @Test
  void everyFieldOfARequestIsStored() {
    JobHandle<Receipt> handle =
        client.enqueue(
            WELCOME
                .with(new Welcome("a@b.c", 2))
                .queue("slow")
                .priority(3)
                .delay(Duration.ofMinutes(5))
                .timeout(Duration.ofSeconds(9))
                .maxRetries(4)
                .ttl(Duration.ofHours(1)));

    Job job = fixture.job(handle.id());
    assertThat(job.queue()).isEqualTo("slow");
    assertThat(job.priority()).isEqualTo(3);
    assertThat(job.dateretry()).isEqualTo(fixture.clock.instant().plusSeconds(300));
    assertThat(job.timeout()).isEqualTo(Duration.ofSeconds(9));
    assertThat(job.maxRetries()).isEqualTo(4);
    assertThat(job.ttl()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aRequestNeverChanges() {
    TaskRequest<Receipt> request = WELCOME.with(new Welcome("a@b.c", 2));

    TaskRequest<Receipt> later = request.runAt(fixture.clock.instant().plusSeconds(60));

    assertThat(client.untyped(request).runAt()).isNull();
    assertThat(client.untyped(later).runAt()).isEqualTo(fixture.clock.instant().plusSeconds(60));
    assertThat(client.untyped(later).path()).isEqualTo("mails.Send");
  }

  // ENQ-01, ENQ-02
  @Test
  void manyJobsOfATaskComeInTheOrderOfTheirParams() {
    List<JobHandle<Receipt>> handles =
        client.enqueueAll(
            WELCOME, List.of(new Welcome("a", 1), new Welcome("b", 2), new Welcome("c", 3)));

    assertThat(handles)
        .extracting(handle -> fixture.job(handle.id()).params().get("address"))
        .containsExactly("a", "b", "c");
    assertThat(client.enqueueAll(WELCOME, List.of())).isEmpty();
  }

  @Test
  void aKeyAnswersWithTheJobOfTheFirstCall() {
    IdempotencyKey key = new IdempotencyKey("orders", "17", "body");

    JobHandle<Receipt> first = client.enqueueOnce(WELCOME.with(new Welcome("a", 1)), key);
    JobHandle<Receipt> again = client.enqueueOnce(WELCOME.with(new Welcome("a", 1)), key);

    assertThat(again.id()).isEqualTo(first.id());
  }

  // RES-01
  @Test
  void theResultHasTheTypeOfTheTask() throws Exception {
    JobHandle<Receipt> handle = client.enqueue(Mails::welcome, new Welcome("a@b.c", 2));
    CompletableFuture<@Nullable Receipt> future = handle.future();

    end(handle.id(), new JobOutcome.Succeeded(Map.of("sent", 2)));

    Receipt receipt = handle.result(PATIENCE);
    assertThat(receipt).isEqualTo(new Receipt(2));
    assertThat(future.get(60, TimeUnit.SECONDS)).isEqualTo(receipt);
    assertThat(client.handle(WELCOME, handle.id()).result(PATIENCE)).isEqualTo(receipt);
  }

  @Test
  void aTaskThatReturnedNothingHasTheResultNull() throws Exception {
    JobHandle<Receipt> handle = client.enqueue(Mails::welcome, new Welcome("a@b.c", 2));

    end(handle.id(), new JobOutcome.Succeeded(null));

    assertThat(handle.result(PATIENCE)).isNull();
  }

  @Test
  void aFailureTellsTheJobItsStatusAndTheException() {
    JobHandle<Receipt> handle = client.enqueue(Mails::welcome, new Welcome("a@b.c", 2));
    CompletableFuture<@Nullable Receipt> future = handle.future();

    end(
        handle.id(),
        new JobOutcome.Failed(
            new Failure("IOException", "java.io.IOException: no route\n\tat Mails", null)));

    assertThatThrownBy(() -> handle.result(PATIENCE))
        .isInstanceOfSatisfying(
            JobFailedException.class,
            failed -> {
              assertThat(failed.job().id()).isEqualTo(handle.id());
              assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
              assertThat(failed.exceptiontype()).isEqualTo("IOException");
            })
        .hasMessage(
            "job %s of mails.Send ended with the status failed: java.io.IOException: no route",
            handle.id());
    assertThatThrownBy(() -> future.get(60, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(JobFailedException.class);
  }

  @Test
  void aCancelledJobHasNoResult() {
    JobHandle<Receipt> handle = client.enqueue(Mails::welcome, new Welcome("a@b.c", 2));
    fixture
        .store
        .moves()
        .cancel(
            handle.id(),
            Set.of(JobStatus.QUEUED),
            fixture.clock.instant(),
            fixture.clock.instant().plusSeconds(60));

    assertThatThrownBy(() -> handle.result(PATIENCE))
        .isInstanceOf(JobFailedException.class)
        .hasMessage("job %s of mails.Send ended with the status cancel", handle.id());
  }

  @Test
  void aResultThatDoesNotFitIsSaidToBeUnreadable() {
    JobHandle<Receipt> handle = client.enqueue(Mails::welcome, new Welcome("a@b.c", 2));

    end(handle.id(), new JobOutcome.Succeeded("secret"));

    assertThatThrownBy(() -> handle.result(PATIENCE))
        .isInstanceOf(UnreadableResultException.class)
        .hasMessageContaining("the result of job %s is not what", handle.id())
        .hasMessageNotContaining("secret");
  }

  @Test
  void aHandleOfNoJobFindsNone() {
    assertThatThrownBy(() -> client.handle(WELCOME, JobId.next()).result(PATIENCE))
        .isInstanceOf(JobNotFoundException.class);
  }

  @Test
  void aFutureThatIsCancelledEndsItsWait() throws InterruptedException {
    JobHandle<Receipt> handle = client.enqueue(Mails::welcome, new Welcome("a@b.c", 2));
    CompletableFuture<@Nullable Receipt> future = handle.future();

    future.cancel(false);

    end(handle.id(), new JobOutcome.Succeeded(Map.of("sent", 2)));
    assertThat(future).isCancelled();
    assertThat(handle.result(PATIENCE)).isEqualTo(new Receipt(2));
  }

  @Test
  void whatIsNoTaskIsRefusedAndNothingIsStored() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.enqueue(Mails::noTask, new Welcome("a@b.c", 2)));
    assertThat(fixture.scripted.inserts()).isEmpty();
  }

  @Test
  void aClientWithoutTypedTasksSaysWhatItTakes() {
    assertThatThrownBy(() -> fixture.client.enqueue(Mails::welcome, new Welcome("a", 1)))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("enqueue a JobRequest");
  }

  private void end(JobId id, JobOutcome outcome) {
    Job job = fixture.job(id);
    Claim claim = Claim.by(WorkerId.next());
    var jobs = fixture.store.jobs();
    jobs.claim(claim, job.queue(), List.of(id), fixture.clock.instant());
    Completion completion =
        Completion.of(fixture.job(id), claim, outcome, Retention.DEFAULT, fixture.clock.instant());
    assertThat(jobs.complete(List.of(jobs.prepare(completion))).matched()).isEqualTo(1);
  }

  record Welcome(String address, int copies) {}

  record Receipt(int sent) {}

  static class Mails {
    @MrqTask("mails.Send")
    Receipt welcome(Welcome params) {
      return new Receipt(params.copies());
    }

    @MrqTask
    void forget(Welcome params) {}

    @MrqTask
    void nightly() {}

    Receipt noTask(Welcome params) {
      return new Receipt(params.copies());
    }
  }

  static class Shout extends Task<Welcome, Receipt> {
    @Override
    public Receipt run(Welcome params) {
      return new Receipt(1);
    }
  }

  /** What the starter does by reflection and with Jackson, by hand for the tasks of this test. */
  private static final class MailsAsMaps implements TypedTasks {
    @Override
    public String path(TaskReference<?, ?> task) {
      if (task.method() == null) {
        return task.owner().getSimpleName();
      }
      MrqTask annotation = task.method().getAnnotation(MrqTask.class);
      if (annotation == null) {
        throw new IllegalArgumentException(task + " is no task");
      }
      return annotation.value().isEmpty()
          ? task.owner().getSimpleName() + "." + task.method().getName()
          : annotation.value();
    }

    @Override
    public Map<String, @Nullable Object> params(@Nullable Object params) {
      return params instanceof Welcome(String address, int copies)
          ? Map.of("address", address, "copies", copies)
          : Map.of();
    }

    @Override
    public @Nullable Object result(TaskReference<?, ?> task, @Nullable Object stored) {
      return switch (stored) {
        case null -> null;
        case Map<?, ?> map when map.get("sent") instanceof Integer sent -> new Receipt(sent);
        default -> throw new IllegalArgumentException("'result' does not fit Receipt");
      };
    }
  }
}
