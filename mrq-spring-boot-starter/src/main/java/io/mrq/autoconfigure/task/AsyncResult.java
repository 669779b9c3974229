package io.mrq.autoconfigure.task;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import reactor.core.publisher.Flux;

/**
 * Waits for a task that returns a future, a completion stage, or a reactive type that Spring knows.
 * The wait belongs to the run and ends with its timeout; when the work fails, the run fails.
 */
final class AsyncResult {
  private AsyncResult() {}

  /**
   * Returns what comes of a future in the end; any other value as it is.
   *
   * @throws Exception what the work failed with
   */
  static @Nullable Object awaited(@Nullable Object result) throws Exception {
    return switch (result) {
      case null -> null;
      case String _, Number _, Boolean _, Record _, Map<?, ?> _, Collection<?> _ -> result;
      case CompletionStage<?> stage -> awaited(get(future(stage)));
      case Future<?> future -> awaited(get(future));
      default -> {
        ReactiveAdapter adapter =
            ReactiveAdapterRegistry.getSharedInstance().getAdapter(result.getClass());
        yield adapter == null ? result : collected(adapter, result);
      }
    };
  }

  /** Not every stage can be turned into a future by itself. */
  private static <T> CompletableFuture<T> future(CompletionStage<T> stage) {
    CompletableFuture<T> future = new CompletableFuture<>();
    stage.whenComplete((value, thrown) -> {
      if (thrown == null) {
        future.complete(value);
      } else {
        future.completeExceptionally(thrown);
      }
    });
    future.whenComplete((_, _) -> {
      if (future.isCancelled() && stage instanceof Future<?> work) {
        work.cancel(true);
      }
    });
    return future;
  }

  private static @Nullable Object collected(ReactiveAdapter adapter, Object source)
      throws Exception {
    List<?> elements =
        (List<?>) get(Flux.from(adapter.toPublisher(source)).collectList().toFuture());
    if (adapter.isMultiValue()) {
      return elements;
    }
    return elements == null || elements.isEmpty() ? null : elements.getFirst();
  }

  private static @Nullable Object get(Future<?> future) throws Exception {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw e;
      }
    }
  }
}
