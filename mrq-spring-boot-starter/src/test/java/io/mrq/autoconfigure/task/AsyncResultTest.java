package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is not there yet when a task returns is waited for. */
@Timeout(60)
class AsyncResultTest {
  @Test
  void aFutureIsWaitedFor() throws Exception {
    CompletableFuture<String> future = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> future.complete("done"));

    assertThat(AsyncResult.awaited(future)).isEqualTo("done");
    assertThat(AsyncResult.awaited(future.minimalCompletionStage())).isEqualTo("done");
    assertThat(AsyncResult.awaited(CompletableFuture.completedFuture(future))).isEqualTo("done");
  }

  @Test
  void aFutureThatIsNoStageIsWaitedForToo() throws Exception {
    FutureTask<Integer> task = new FutureTask<>(() -> 7);
    Thread.ofVirtual().start(task);

    assertThat(AsyncResult.awaited(task)).isEqualTo(7);
  }

  @Test
  void aFailureOfTheWorkIsThrownAsItIs() {
    assertThatThrownBy(
            () -> AsyncResult.awaited(CompletableFuture.failedFuture(new IOException("gone"))))
        .isInstanceOf(IOException.class)
        .hasMessage("gone");
    assertThatThrownBy(() ->
            AsyncResult.awaited(
                CompletableFuture.supplyAsync(() -> {
                  throw new IllegalStateException("lost");
                })))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("lost");
    assertThatThrownBy(() -> AsyncResult.awaited(Mono.error(new IOException("dry"))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aReactiveResultIsWaitedFor() throws Exception {
    assertThat(AsyncResult.awaited(Mono.just("one"))).isEqualTo("one");
    assertThat(AsyncResult.awaited(Mono.empty())).isNull();
    assertThat(AsyncResult.awaited(Flux.just(1, 2))).isEqualTo(List.of(1, 2));
  }

  @Test
  void otherResultsStayAsTheyAre() throws Exception {
    Map<String, Integer> map = Map.of("a", 1);
    assertThat(AsyncResult.awaited(map)).isSameAs(map);
    Object other = new Object();
    assertThat(AsyncResult.awaited(other)).isSameAs(other);
    assertThat(AsyncResult.awaited(null)).isNull();
  }

  @Test
  void anInterruptOfTheRunCancelsTheWork() throws Exception {
    CompletableFuture<String> never = new CompletableFuture<>();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Callable<?> waiting = () -> AsyncResult.awaited(never);
    Thread run =
        Thread.ofPlatform()
            .start(() -> {
              try {
                waiting.call();
              } catch (Exception e) {
                thrown.set(e);
              }
            });
    await().until(() -> run.getState() == Thread.State.WAITING);

    run.interrupt();
    run.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    assertThat(never).isCancelled();
  }
}
