package io.mrq.worker;

import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A job store whose requests, or whose answers, get lost a number of times; and that counts its
 * calls.
 */
final class FaultyJobStore {
  private final Map<String, AtomicInteger> lostRequests = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> lostReplies = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final JobStore faulty;

  FaultyJobStore(JobStore real) {
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
                  Object answer;
                  try {
                    answer = method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                  if (counter(lostReplies, name).getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                    throw new StoreUnavailableException("the reply of " + name + " is lost", null);
                  }
                  return answer;
                });
  }

  JobStore store() {
    return faulty;
  }

  void loseRequests(String method, int times) {
    counter(lostRequests, method).set(times);
  }

  void loseReplies(String method, int times) {
    counter(lostReplies, method).set(times);
  }

  int calls(String method) {
    return counter(calls, method).get();
  }

  private static AtomicInteger counter(Map<String, AtomicInteger> counters, String name) {
    return counters.computeIfAbsent(name, _ -> new AtomicInteger());
  }
}
