package io.mrq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.key.IdempotencyKey;
import io.mrq.key.KeyReusedException;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One key, one job, whatever happens to its first caller. */
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
  void aKeyOutlivesAJobThatIsKeptForLess() {
    JobRequest shortLived = REQUEST.ttl(Duration.ofSeconds(2));
    Enqueued first = client.enqueueOnce(shortLived, KEY);
    endAndDelete(first.id());

    assertThat(client.enqueueOnce(shortLived, KEY))
        .isEqualTo(new Enqueued(first.id(), null, false));
    fixture.clock.advance(Duration.ofDays(1).minusSeconds(3));
    assertThat(client.enqueueOnce(shortLived, KEY))
        .isEqualTo(new Enqueued(first.id(), null, false));

    assertThat(fixture.isStored(first.id())).isFalse();
    assertThat(fixture.enqueued).containsExactly(first.id());
    assertThat(fixture.deduplicated).hasSize(2);
  }

  @Test
  void aKeyOfAJobThatOnlyItsWorkerKnowsToBeKeptForLessOutlivesItToo() {
    Enqueued first = client.enqueueOnce(REQUEST, KEY);
    endAndDelete(first.id());

    assertThat(client.enqueueOnce(REQUEST, KEY)).isEqualTo(new Enqueued(first.id(), null, false));
    assertThat(fixture.enqueued).containsExactly(first.id());
  }

  @Test
  void aKeyOfADelayedJobLivesUntilADayAfterItMayRun() {
    JobRequest delayed = REQUEST.delay(Duration.ofDays(30)).ttl(Duration.ofSeconds(2));
    Enqueued first = client.enqueueOnce(delayed, KEY);

    fixture.clock.advance(Duration.ofDays(31).minusMillis(1));
    fixture.store.keys().deleteExpired(fixture.clock.instant(), 10);

    assertThat(client.enqueueOnce(delayed, KEY))
        .isEqualTo(new Enqueued(first.id(), JobStatus.RETRY, false));
  }

  @Test
  void aKeyOfAJobThatNobodyServesIsKeptWhateverItsTtl() {
    JobRequest unserved = REQUEST.queue("nobody").ttl(Duration.ofSeconds(2));
    Enqueued first = client.enqueueOnce(unserved, KEY);

    fixture.clock.advance(Duration.ofHours(1));

    assertThat(client.enqueueOnce(unserved, KEY))
        .isEqualTo(new Enqueued(first.id(), JobStatus.QUEUED, false));
  }

  @Test
  void aCallerThatDiedBeforeItsNoteLeavesOneJobAndTheNextNotesIt() {
    fixture.scripted.beforeInsert(jobs -> {
      fixture.scripted.real().insert(jobs);
      throw new StoreUnavailableException("died after the insert", null);
    });
    assertThatThrownBy(() -> client.enqueueOnce(REQUEST, KEY))
        .isInstanceOf(StoreUnavailableException.class);
    fixture.scripted.beforeInsert(_ -> {});

    Enqueued second = client.enqueueOnce(REQUEST, KEY);
    endAndDelete(second.id());
    Enqueued third = client.enqueueOnce(REQUEST, KEY);

    assertThat(second.created()).isFalse();
    assertThat(third).isEqualTo(new Enqueued(second.id(), null, false));
    assertThat(fixture.enqueued).isEmpty();
  }

  private void endAndDelete(JobId job) {
    Instant now = fixture.clock.instant();
    fixture.store.moves().cancel(job, Set.of(JobStatus.QUEUED), now, now.plusSeconds(2));
    fixture.clock.advance(Duration.ofSeconds(2));
    fixture.store.recovery().deleteExpired(fixture.clock.instant(), 10);
    assertThat(fixture.isStored(job)).isFalse();
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
