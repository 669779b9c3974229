package io.mrq.await;

import static io.mrq.test.builder.NewJobBuilder.aNewJob;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.NewJob;
import io.mrq.store.StoreUnavailableException;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers that wait for jobs in memory, in threads of their own. */
class JobWaitsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final InMemoryStore store = new InMemoryStore();
  private final AtomicInteger readers = new AtomicInteger();
  private final JobWaits waits =
      new JobWaits(
          store.jobs(),
          store.queries(),
          read -> {
            readers.incrementAndGet();
            Thread.startVirtualThread(() -> {
              read.run();
              readers.decrementAndGet();
            });
          });

  @AfterEach
  void close() {
    waits.close();
  }

  @Test
  void aThousandVirtualThreadsWaitWithOneReader() throws Exception {
    List<JobId> ids = Stream.generate(this::stored).limit(1000).toList();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Job>> ended =
          ids.stream().map(id -> callers.submit(() -> waits.await(id, PATIENCE))).toList();
      await().atMost(PATIENCE).until(() -> readers.get() == 1);
      ids.forEach(this::cancel);
      for (int i = 0; i < ids.size(); i++) {
        assertThat(ended.get(i).get().id()).isEqualTo(ids.get(i));
      }
    }
    await().atMost(PATIENCE).until(() -> readers.get() == 0);
  }

  @Test
  void whoComesLaterGetsAReaderOfItsOwn() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      JobId id = stored();
      cancel(id);
      assertThat(waits.await(id, PATIENCE).status()).isEqualTo(JobStatus.CANCEL);
      await().atMost(PATIENCE).until(() -> readers.get() == 0);
    }
  }

  @Test
  void aCallerWaitsNoLongerThanItsTimeout() {
    JobId id = stored();

    assertThatThrownBy(() -> waits.await(id, Duration.ofMillis(1)))
        .isInstanceOfSatisfying(
            AwaitTimeoutException.class, timeout -> assertThat(timeout.id()).isEqualTo(id))
        .hasMessageContaining("job %s has not ended within 1ms", id);
  }

  @Test
  void theTimeoutTellsThatTheStoreIsAway() {
    JobId id = stored();
    store.setAvailable(false);
    CompletableFuture<Job> other = waits.ended(id);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThatThrownBy(() -> waits.await(id, Duration.ofMillis(200)))
                .isInstanceOf(AwaitTimeoutException.class)
                .hasMessageContaining("the store does not answer")
                .hasCauseInstanceOf(StoreUnavailableException.class));
    store.setAvailable(true);
    cancel(id);
    assertThat(other).succeedsWithin(PATIENCE);
  }

  @Test
  void anInterruptEndsTheWait() {
    JobId id = stored();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> waits.await(id, PATIENCE)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aTimeoutMustBeMoreThanZero() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> waits.await(JobId.next(), Duration.ZERO))
        .withMessageContaining("timeout must be more than zero");
  }

  @Test
  void aClosedClientWaitsForNothing() {
    CompletableFuture<Job> waiting = waits.ended(stored());

    waits.close();

    assertThat(waiting).isCompletedExceptionally();
    assertThatIllegalStateException()
        .isThrownBy(() -> waits.await(stored(), PATIENCE))
        .withMessageContaining("the client is closed");
  }

  @Test
  void withoutAThreadTheCallerIsToldAndTheNextOneTriesAgain() {
    JobWaits threadless =
        new JobWaits(
            store.jobs(),
            store.queries(),
            _ -> {
              throw new RejectedExecutionException("no thread");
            });

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> threadless.await(stored(), PATIENCE))
          .isInstanceOf(RejectedExecutionException.class);
    }
  }

  private JobId stored() {
    NewJob job = aNewJob().build();
    store.jobs().insert(List.of(job));
    return job.id();
  }

  private void cancel(JobId id) {
    store
        .moves()
        .cancel(
            id, Set.of(JobStatus.QUEUED), MutableClock.START, MutableClock.START.plusSeconds(60));
  }
}
