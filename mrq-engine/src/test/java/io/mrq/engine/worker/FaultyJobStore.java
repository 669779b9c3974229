package io.mrq.engine.worker;

import io.mrq.job.Completion;
import io.mrq.store.CompletionReply;
import io.mrq.store.JobStore;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A job store whose requests, or whose answers, get lost a number of times; and that counts its
 * calls.
 */
public final class FaultyJobStore {
  private final Map<String, AtomicInteger> lostRequests = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> refusedCalls = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> lostReplies = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final JobStore faulty;
  private volatile Predicate<Completion> ignored = _ -> false;
  private volatile Function<Completion, @Nullable String> refusal = _ -> null;

  private volatile Predicate<Completion> failing = _ -> false;
  private volatile Consumer<Completion> preparing = _ -> {};

  public FaultyJobStore(JobStore real) {
    faulty =
        (JobStore)
            Proxy.newProxyInstance(
                JobStore.class.getClassLoader(),
                new Class<?>[] {JobStore.class},
                (_, method, arguments) -> {
                  String name = method.getName();
                  counter(calls, name).incrementAndGet();
                  if (counter(lostRequests, name).getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    throw new StoreUnavailableException(
                        "the request of " + name + " is lost", null);
                  }
                  if (counter(refusedCalls, name).getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    throw new IllegalStateException(name + " is refused");
                  }
                  if (name.equals("prepare")) {
                    preparing.accept((Completion) arguments[0]);
                  }
                  Object answer;
                  try {
                    answer =
                        name.equals("complete")
                            ? completed(real, (List<?>) arguments[0])
                            : method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                  if (counter(lostReplies, name).getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    throw new StoreUnavailableException("the reply of " + name + " is lost", null);
                  }
                  return answer;
                });
  }

  /**
   * Refuses the outcomes for which this answers a reason, as a store does that judges documents.
   */
  public void refuse(Function<Completion, @Nullable String> reason) {
    refusal = reason;
  }

  /** Answers as if these outcomes had not matched their documents. */
  public void ignore(Predicate<Completion> which) {
    ignored = which;
  }

  /** Cannot write these outcomes now; writes the others of a batch, and says that it failed. */
  public void fail(Predicate<Completion> which) {
    failing = which;
  }

  /** Is called with each outcome before it is encoded, and may throw. */
  public void beforePreparing(Consumer<Completion> hook) {
    preparing = hook;
  }

  private CompletionReply completed(JobStore real, List<?> batch) {
    Map<Integer, String> refused = new HashMap<>();
    List<PreparedCompletion> accepted = new ArrayList<>();
    boolean failed = false;
    for (int i = 0; i < batch.size(); i++) {
      PreparedCompletion one = (PreparedCompletion) batch.get(i);
      if (failing.test(one.completion())) {
        failed = true;
        continue;
      }
      String reason = refusal.apply(one.completion());
      if (reason == null && !ignored.test(one.completion())) {
        accepted.add(one);
      } else if (reason != null) {
        refused.put(i, reason);
      }
    }
    long matched = real.complete(accepted).matched();
    if (failed) {
      throw new StoreUnavailableException("a write failed, and may succeed later", null);
    }
    return new CompletionReply(matched, refused);
  }

  public JobStore store() {
    return faulty;
  }

  public void loseRequests(String method, int times) {
    counter(lostRequests, method).set(times);
  }

  public void refuseCalls(String method, int times) {
    counter(refusedCalls, method).set(times);
  }

  public void loseReplies(String method, int times) {
    counter(lostReplies, method).set(times);
  }

  public int calls(String method) {
    return counter(calls, method).get();
  }

  private static AtomicInteger counter(Map<String, AtomicInteger> counters, String name) {
    return counters.computeIfAbsent(name, _ -> new AtomicInteger());
  }
}
