package io.mrq.engine.claim;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.dispatch.WakeUp;
import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A dispatch index whose waits take no real time: they move its clock, in steps, and after each
 * step a script says what happens then.
 */
final class SteppedIndex implements DispatchIndex {
  private static final Duration STEP = Duration.ofMillis(500);

  final MutableClock clock = MutableClock.create();
  final InMemoryDispatchIndex real = new InMemoryDispatchIndex(clock, 1000);

  /** The questions about ready ids, one entry for each round trip. */
  final List<String> asked = new ArrayList<>();

  private final Set<String> refused = new HashSet<>();
  private Runnable script = () -> {};
  private Runnable beforeTakes = () -> {};

  /** What happens after each half second of a wait. */
  void meanwhile(Runnable next) {
    script = next;
  }

  /** What happens before ids are taken from several queues at once. */
  void beforeTakes(Runnable next) {
    beforeTakes = next;
  }

  /** From now on nothing can be taken from this queue. */
  void refuse(String queue) {
    refused.add(queue);
  }

  /** Time since the start. */
  Duration now() {
    return Duration.between(MutableClock.START, clock.instant());
  }

  /** Adds a job; whom it wakes is for the index to say. */
  JobId offer(String queue, int wakes) {
    JobId id = JobId.next();
    offer(queue, List.of(new ReadyJob(id, queue, now().toMillis())), wakes);
    return id;
  }

  /** The queues for which this worker was woken, and which it has not heard of yet. */
  boolean isWoken(WorkerId worker) throws InterruptedException {
    return real.await(worker, Duration.ZERO).isPresent();
  }

  @Override
  public Optional<WakeUp> await(WorkerId worker, Duration timeout) throws InterruptedException {
    Optional<WakeUp> woken = real.await(worker, Duration.ZERO);
    Duration waited = Duration.ZERO;
    while (woken.isEmpty() && waited.compareTo(timeout) < 0) {
      Duration left = timeout.minus(waited);
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      clock.advance(step);
      waited = waited.plus(step);
      script.run();
      woken = real.await(worker, Duration.ZERO);
    }
    return woken;
  }

  @Override
  public void offer(String queue, Collection<ReadyJob> jobs, int wakes) {
    real.offer(queue, jobs, wakes);
  }

  @Override
  public List<JobId> take(String queue, int n) {
    if (refused.contains(queue)) {
      throw new DispatchRefusedException("a key of another type", null);
    }
    asked.add("take " + queue);
    return real.take(queue, n);
  }

  @Override
  public Map<String, List<JobId>> take(Map<String, Integer> counts) {
    Map<String, Integer> allowed = new LinkedHashMap<>(counts);
    allowed.keySet().removeAll(refused);
    beforeTakes.run();
    asked.add("take " + String.join(" ", counts.keySet()));
    return real.take(allowed);
  }

  @Override
  public Map<String, Long> sizes(Collection<String> queues) {
    asked.add("sizes " + String.join(" ", queues));
    return real.sizes(queues.stream().filter(queue -> !refused.contains(queue)).toList());
  }

  @Override
  public Missing missing(String queue, Collection<JobId> ids) {
    return real.missing(queue, ids);
  }

  @Override
  public long below(String queue, long order) {
    return real.below(queue, order);
  }

  @Override
  public List<JobId> firstBelow(String queue, long order, int n) {
    return real.firstBelow(queue, order, n);
  }

  @Override
  public void drop(String queue, Collection<JobId> ids) {
    real.drop(queue, ids);
  }

  @Override
  public void idle(WorkerId worker, Collection<String> queues) {
    real.idle(worker, queues);
  }

  @Override
  public void busy(WorkerId worker, Collection<String> queues) {
    real.busy(worker, queues);
  }

  @Override
  public boolean isAvailable() {
    return real.isAvailable();
  }
}
