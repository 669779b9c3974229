package io.mrq.engine.claim;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.WorkerId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notes in the dispatch index that this worker waits for jobs of its queues. Whoever is noted
 * takes wake-ups from others, so the notes are taken back as soon as the worker takes no jobs, and
 * the wake-ups that are on their way to it go to the others.
 */
final class IdleNotes {
  private static final Logger log = LoggerFactory.getLogger(IdleNotes.class);

  /** Long enough for a wake-up that somebody sends just now. */
  private static final Duration LATE_WAKE_UPS = Duration.ofMillis(20);

  private static final Duration LOOK = Duration.ofMillis(1);

  private final DispatchIndex index;
  private final JobDispatcher offers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> queues = new HashSet<>();
  private @Nullable WorkerId worker;
  private @Nullable WorkerId lastNoted;

  IdleNotes(DispatchIndex index, JobDispatcher offers) {
    this.index = index;
    this.offers = offers;
  }

  /** Notes the worker on all these queues, and takes back what was noted elsewhere before. */
  void note(WorkerId id, List<String> open) throws InterruptedException {
    lock.lock();
    try {
      if (worker != null && !worker.equals(id)) {
        takeBack();
      }
      Set<String> closed = new HashSet<>(queues);
      open.forEach(closed::remove);
      if (!closed.isEmpty()) {
        index.busy(id, closed);
        queues.removeAll(closed);
      }
      worker = id;
      lastNoted = id;
      queues.addAll(open);
      index.idle(id, open);
    } finally {
      lock.unlock();
    }
  }

  /** Notes the worker anew on one of the queues, for which it was woken. */
  void noteAgain(WorkerId id, String queue) {
    lock.lock();
    try {
      // All notes may have been taken back since it was woken: this one is to be taken back, too.
      worker = id;
      lastNoted = id;
      queues.add(queue);
      index.idle(id, List.of(queue));
    } finally {
      lock.unlock();
    }
  }

  /** Takes all notes back, and passes on the wake-ups that have come. */
  void takeBack() throws InterruptedException {
    lock.lock();
    try {
      WorkerId noted = worker;
      if (noted == null) {
        return;
      }
      Set<String> from = Set.copyOf(queues);
      worker = null;
      queues.clear();
      index.busy(noted, from);
      passOnWakeUps(noted, LOOK);
    } catch (DispatchUnavailableException e) {
      // They are forgotten by themselves after 10 s.
      log.debug("notes of idleness are not taken back: {}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** Takes all notes back for good, and waits for the wake-ups that are sent just now, too. */
  void leave() throws InterruptedException {
    takeBack();
    lock.lock();
    try {
      WorkerId noted = lastNoted;
      if (noted != null) {
        passOnWakeUps(noted, LATE_WAKE_UPS);
      }
    } catch (DispatchUnavailableException e) {
      log.debug("late wake-ups are not passed on: {}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private void passOnWakeUps(WorkerId noted, Duration wait) throws InterruptedException {
    Optional<String> woken;
    while ((woken = index.await(noted, wait)).isPresent()) {
      offers.passOn(woken.get());
    }
  }
}
