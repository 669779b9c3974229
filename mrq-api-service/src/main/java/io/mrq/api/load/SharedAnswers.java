package io.mrq.api.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shares the answers to expensive questions that many callers ask repeatedly. One caller computes
 * an answer, others who ask at the same time wait for it. It is then reused for one second, or for
 * ten times as long as it took to compute, so that at most about a tenth of the store's time is
 * spent on a question, however many callers there are.
 *
 * @param <K> the question
 * @param <V> the answer, which must not be changed
 */
public final class SharedAnswers<K, V> {
  private static final long MIN_REUSE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int REUSE_FACTOR = 10;
  private static final int MAX_ANSWERS = 100;

  private final LongSupplier nanos;
  private final ConcurrentHashMap<K, CompletableFuture<V>> underWay = new ConcurrentHashMap<>();
  private final Map<K, Answer<V>> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Answer<V>> eldest) {
          return size() > MAX_ANSWERS;
        }
      };

  private record Answer<V>(V value, long at, long reusableFor) {}

  public SharedAnswers() {
    this(System::nanoTime);
  }

  SharedAnswers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The answer. An exception of {@code compute} reaches all callers who wait, and is not kept. */
  public V get(K question, Supplier<V> compute) {
    Answer<V> known = known(question);
    if (known != null && nanos.getAsLong() - known.at < known.reusableFor) {
      return known.value;
    }
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> other = underWay.putIfAbsent(question, mine);
    if (other != null) {
      return await(other);
    }
    try {
      V value = computed(question, compute);
      mine.complete(value);
      return value;
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      underWay.remove(question, mine);
    }
  }

  private V computed(K question, Supplier<V> compute) {
    long begun = nanos.getAsLong();
    V value = compute.get();
    long ended = nanos.getAsLong();
    keep(
        question,
        new Answer<>(value, ended, Math.max(MIN_REUSE_NANOS, REUSE_FACTOR * (ended - begun))));
    return value;
  }

  private static <V> V await(CompletableFuture<V> other) {
    try {
      return other.join();
    } catch (CompletionException e) {
      throw Objects.requireNonNullElse(e.getCause(), e) instanceof RuntimeException cause
          ? cause
          : e;
    }
  }

  private synchronized @Nullable Answer<V> known(K question) {
    return answers.get(question);
  }

  private synchronized void keep(K question, Answer<V> answer) {
    answers.put(question, answer);
  }
}
