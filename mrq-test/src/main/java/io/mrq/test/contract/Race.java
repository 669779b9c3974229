package io.mrq.test.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs the same work on many threads that start together. */
public final class Race {
  private Race() {}

  /** Runs the work; returns the answers in the order of the threads. */
  public static <T> List<T> of(int runners, IntFunction<T> work) {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(runners)) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < runners; i++) {
        int runner = i;
        running.add(
            threads.submit(() -> {
              start.await();
              return work.apply(runner);
            }));
      }
      start.countDown();
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : running) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during a race", e);
    } catch (ExecutionException e) {
      throw new AssertionError("a runner failed", e.getCause());
    }
  }
}
