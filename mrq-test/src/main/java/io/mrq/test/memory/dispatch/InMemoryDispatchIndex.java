package io.mrq.test.memory.dispatch;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.dispatch.WakeUp;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A {@link DispatchIndex} in memory. Like a real one it can be {@linkplain #flush() emptied} and
 * {@linkplain #setAvailable switched off}. Its clock decides which idle notes are valid; {@link
 * #await} waits in real time.
 */
public final class InMemoryDispatchIndex implements DispatchIndex {
  private static final int DEFAULT_MAX_READY = 1_000_000;
  private static final int MAX_WAKES = 100;

  private final InstantSource clock;
  private final int maxReady;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, ReadySet> ready = new HashMap<>();
  private final Map<String, IdleWorkers> idle = new HashMap<>();
  private final Map<WorkerId, Deque<WakeUp>> wakes = new HashMap<>();
  private boolean available = true;

  /** An empty index on the system's clock, for a million ready ids a queue. */
  public InMemoryDispatchIndex() {
    this(InstantSource.system(), DEFAULT_MAX_READY);
  }

  /**
   * An empty index.
   *
   * @param clock decides which idle notes are valid
   * @param maxReady how many ids each queue holds; those that sort last are dropped
   */
  public InMemoryDispatchIndex(InstantSource clock, int maxReady) {
    this.clock = clock;
    this.maxReady = maxReady;
  }

  /** Drops everything, as {@code FLUSHALL} does. */
  public void flush() {
    lock.lock();
    try {
      ready.clear();
      idle.clear();
      wakes.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Switches the index off or on.
   *
   * @param available false: every call throws {@link DispatchUnavailableException}, also those that
   *     wait
   */
  public void setAvailable(boolean answers) {
    lock.lock();
    try {
      available = answers;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void offer(String queue, Collection<ReadyJob> jobs, int count) {
    locked(() -> {
      ReadySet set = readyIn(queue);
      jobs.forEach(set::add);
      set.trimTo(maxReady);
      List<WorkerId> woken = idleIn(queue).pop(count, clock.instant());
      // Where more is ready than workers are woken, they take as much as they can.
      boolean named = jobs.size() <= woken.size() && jobs.size() == set.size();
      Iterator<ReadyJob> names = named ? jobs.iterator() : Collections.emptyIterator();
      woken.forEach(
          worker -> wake(worker, new WakeUp(queue, names.hasNext() ? names.next().id() : null)));
      return true;
    });
  }

  private void wake(WorkerId worker, WakeUp wakeUp) {
    Deque<WakeUp> list = wakes.computeIfAbsent(worker, _ -> new ArrayDeque<>());
    list.addLast(wakeUp);
    if (list.size() > MAX_WAKES) {
      list.removeFirst();
    }
    changed.signalAll();
  }

  @Override
  public List<JobId> take(String queue, int n) {
    return locked(() -> readyIn(queue).take(n));
  }

  @Override
  public Map<String, List<JobId>> take(Map<String, Integer> counts) {
    return locked(() -> {
      Map<String, List<JobId>> taken = new LinkedHashMap<>();
      counts.forEach((queue, n) -> taken.put(queue, readyIn(queue).take(n)));
      return taken;
    });
  }

  @Override
  public Map<String, Long> sizes(Collection<String> queues) {
    return locked(() -> {
      Map<String, Long> sizes = new HashMap<>();
      queues.forEach(queue -> sizes.put(queue, (long) readyIn(queue).size()));
      return sizes;
    });
  }

  @Override
  public Missing missing(String queue, Collection<JobId> ids) {
    return locked(() -> new Missing(readyIn(queue).absent(ids), readyIn(queue).size()));
  }

  @Override
  public long below(String queue, long order) {
    return locked(() -> readyIn(queue).below(order));
  }

  @Override
  public List<JobId> firstBelow(String queue, long order, int n) {
    return locked(() -> readyIn(queue).firstBelow(order, n));
  }

  @Override
  public void drop(String queue, Collection<JobId> ids) {
    locked(() -> {
      ids.forEach(readyIn(queue)::remove);
      return true;
    });
  }

  @Override
  public void idle(WorkerId worker, Collection<String> queues) {
    locked(() -> {
      queues.forEach(queue -> idleIn(queue).add(worker, clock.instant()));
      return true;
    });
  }

  @Override
  public void busy(WorkerId worker, Collection<String> queues) {
    locked(() -> {
      queues.forEach(queue -> idleIn(queue).remove(worker));
      return true;
    });
  }

  @Override
  public Optional<WakeUp> await(WorkerId worker, Duration timeout) throws InterruptedException {
    long nanos = timeout.toNanos();
    lock.lockInterruptibly();
    try {
      while (true) {
        requireAvailable();
        Deque<WakeUp> list = wakes.get(worker);
        if (list != null && !list.isEmpty()) {
          return Optional.of(list.removeFirst());
        }
        if (nanos <= 0) {
          return Optional.empty();
        }
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isAvailable() {
    lock.lock();
    try {
      return available;
    } finally {
      lock.unlock();
    }
  }

  private ReadySet readyIn(String queue) {
    return ready.computeIfAbsent(queue, _ -> new ReadySet());
  }

  private IdleWorkers idleIn(String queue) {
    return idle.computeIfAbsent(queue, _ -> new IdleWorkers());
  }

  private void requireAvailable() {
    if (!available) {
      throw new DispatchUnavailableException("the index in memory was told to be away", null);
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      requireAvailable();
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
