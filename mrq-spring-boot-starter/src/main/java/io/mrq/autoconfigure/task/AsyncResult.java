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
 * Waits for what a task returns before it is there: futures, completion stages, and reactive types
 * that Spring knows. The wait is part of the run and ends with its timeout; a failure of the work
 * is the job's.
 */
final class AsyncResult {
  private AsyncResult() {}

  /**
   * What comes of it in the end; any other value is answered as it is.
   *
   * @throws Exception that with which the work failed
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

  /** Not every stage can tell its own future. */
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
