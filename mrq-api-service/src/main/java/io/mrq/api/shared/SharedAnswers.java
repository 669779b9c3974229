package io.mrq.api.shared;

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
 * Answers to questions that many ask again and again. One asker computes, the others of that moment
 * wait for it. An answer is given for a second, or for ten times as long as it took to compute: so
 * at most a tenth of the store's time goes into it, however many look.
 *
 * @param <K> the question
 * @param <V> the answer, which nobody changes
 */
public final class SharedAnswers<K, V> {
  private static final long LEAST_NANOS = Duration.ofSeconds(1).toNanos();
  private static final int TIMES = 10;
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

  private record Answer<V>(V value, long at, long goodFor) {}

  public SharedAnswers() {
    this(System::nanoTime);
  }

  SharedAnswers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** The answer; what {@code compute} throws reaches all who waited for it, and is not kept. */
  public V get(K question, Supplier<V> compute) {
    Answer<V> known = known(question);
    if (known != null && nanos.getAsLong() - known.at < known.goodFor) {
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
    keep(question, new Answer<>(value, ended, Math.max(LEAST_NANOS, TIMES * (ended - begun))));
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
