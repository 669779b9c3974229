package io.mrq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One key, one job, whatever happens to its first caller (protocol §4). */
class IdempotentEnqueueTest {
  private static final JobRequest REQUEST = JobRequest.of("tests.Add").param("a", 1);
  private static final IdempotencyKey KEY = new IdempotencyKey("api", "order-17", "hash-of-body");

  private final ClientFixture fixture = new ClientFixture();
  private final JobClient client = fixture.client;

  @Test
  void theSameRequestAgainAnswersWithTheSameJob() {
    Enqueued first = client.enqueueOnce(REQUEST, KEY);
    Enqueued second = client.enqueueOnce(REQUEST, KEY);

    assertThat(first).isEqualTo(new Enqueued(first.id(), JobStatus.QUEUED, true));
    assertThat(second).isEqualTo(new Enqueued(first.id(), JobStatus.QUEUED, false));
    assertThat(fixture.enqueued).containsExactly(first.id());
    assertThat(fixture.deduplicated).containsExactly(first.id());
    assertThat(fixture.index.take("default", 5)).containsExactly(first.id());
  }

  @Test
  void theAnswerTellsWhereTheJobStandsNow() {
    Enqueued first = client.enqueueOnce(REQUEST, KEY);
    fixture
        .store
        .moves()
        .cancel(
            first.id(),
            Set.of(JobStatus.QUEUED),
            fixture.clock.instant(),
            fixture.clock.instant().plusSeconds(60));

    assertThat(client.enqueueOnce(REQUEST, KEY))
        .isEqualTo(new Enqueued(first.id(), JobStatus.CANCEL, false));
  }

  @Test
  void theKeyWithAnotherRequestIsRefused() {
    Enqueued first = client.enqueueOnce(REQUEST, KEY);

    assertThatThrownBy(() ->
            client.enqueueOnce(
                JobRequest.of("tests.Other"), new IdempotencyKey("api", "order-17", "other")))
        .isInstanceOf(KeyReusedException.class)
        .hasMessageContaining(first.id().hex());

    assertThat(fixture.enqueued).containsExactly(first.id());
  }

  @Test
  void keysOfDifferentScopesAreDifferentKeys() {
    Enqueued one = client.enqueueOnce(REQUEST, KEY);
    Enqueued two = client.enqueueOnce(REQUEST, new IdempotencyKey("other", "order-17", "b"));

    assertThat(two.created()).isTrue();
    assertThat(two.id()).isNotEqualTo(one.id());
  }

  @Test
  void aCallerThatDiedAfterTakingTheKeyIsFinishedByTheNext() {
    fixture.scripted.beforeInsert(_ -> {
      throw new StoreUnavailableException("died here", null);
    });
    assertThatThrownBy(() -> client.enqueueOnce(REQUEST, KEY))
        .isInstanceOf(StoreUnavailableException.class);
    fixture.scripted.beforeInsert(_ -> {});

    Enqueued second = client.enqueueOnce(REQUEST, KEY);
    Enqueued third = client.enqueueOnce(REQUEST, KEY);

    assertThat(fixture.job(second.id()).params()).isEqualTo(REQUEST.params());
    assertThat(third.id()).isEqualTo(second.id());
    assertThat(third.created()).isFalse();
    assertThat(fixture.index.take("default", 5)).containsExactly(second.id());
    assertThat(fixture.enqueued).containsExactly(second.id());
  }

  @Test
  void aBadRequestTakesNoKey() {
    assertThatThrownBy(() -> client.enqueueOnce(REQUEST.priority(5000), KEY))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(client.enqueueOnce(REQUEST, KEY).created()).isTrue();
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    Enqueued first = client.enqueueOnce(REQUEST, KEY);
    fixture.clock.advance(Duration.ofDays(1).minusMillis(1));
    assertThat(client.enqueueOnce(REQUEST, KEY).id()).isEqualTo(first.id());

    fixture.clock.advance(Duration.ofMillis(1));

    assertThat(client.enqueueOnce(REQUEST, KEY).created()).isTrue();
  }

  @Test
  void aKeyIsForgottenBeforeItsJobCanBeDeleted() {
    Enqueued byJob = client.enqueueOnce(REQUEST.ttl(Duration.ofMinutes(2)), KEY);
    fixture.clock.advance(Duration.ofMinutes(2));
    assertThat(client.enqueueOnce(REQUEST, KEY).id()).isNotEqualTo(byJob.id());

    IdempotencyKey mail = new IdempotencyKey("api", "mail", "b");
    Enqueued byTask = client.enqueueOnce(JobRequest.of("mails.Send"), mail);
    fixture.clock.advance(ClientFixture.MAIL_RETENTION.shortest());
    assertThat(client.enqueueOnce(JobRequest.of("mails.Send"), mail).id())
        .isNotEqualTo(byTask.id());
  }

  @Test
  void manyCallersAtOnceMakeOneJob() throws InterruptedException, ExecutionException {
    Set<JobId> ids = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Enqueued>> answers =
          IntStream.range(0, 50)
              .mapToObj(_ -> threads.submit(() -> client.enqueueOnce(REQUEST, KEY)))
              .toList();
      for (Future<Enqueued> answer : answers) {
        ids.add(answer.get().id());
      }
    }

    assertThat(ids).hasSize(1);
    assertThat(fixture.store.recovery().stillQueued(ids)).isEqualTo(ids);
    assertThat(fixture.index.take("default", 100)).hasSize(1);
  }
}
