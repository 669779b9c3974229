package io.mrq.engine.claim;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.dispatch.WakeUp;
import io.mrq.job.WorkerId;
import io.mrq.queue.QueueSelection.Servable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The idle notes of this worker in the dispatch index. While it has notes, wake-ups come to it
 * instead of to other workers. So it takes them back as soon as it claims no more jobs, and passes
 * the wake-ups on that have come by then.
 */
final class IdleNotes {
  private static final Logger log = LoggerFactory.getLogger(IdleNotes.class);

  /** How long to wait for a wake-up that has been sent already. */
  private static final Duration SENT_WAIT = Duration.ofMillis(1);

  /** How long to wait for a wake-up whose sender has chosen this worker, but not sent it yet. */
  private static final Duration UNSENT_WAIT = Duration.ofMillis(20);

  private final DispatchIndex index;
  private final JobDispatcher dispatcher;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Servable> queues = new HashSet<>();
  private @Nullable WorkerId worker;
  private @Nullable WorkerId lastNoted;

  IdleNotes(DispatchIndex index, JobDispatcher dispatcher) {
    this.index = index;
    this.dispatcher = dispatcher;
  }

  /** Notes that the worker waits for these queues, and no longer for others. */
  void note(WorkerId id, List<Servable> open) throws InterruptedException {
    lock.lock();
    try {
      if (worker != null && !worker.equals(id)) {
        takeBack();
      }
      Set<Servable> closed = new HashSet<>(queues);
      open.forEach(closed::remove);
      if (!closed.isEmpty()) {
        index.busy(id, names(closed));
        queues.removeAll(closed);
      }
      add(id, open);
    } finally {
      lock.unlock();
    }
  }

  /** Notes again that the worker waits for this queue: its wake-up has removed the note. */
  void noteAgain(WorkerId id, Servable queue) {
    lock.lock();
    try {
      add(id, List.of(queue));
    } finally {
      lock.unlock();
    }
  }

  /** Remembers the notes before they are sent, so that they are taken back even if this fails. */
  private void add(WorkerId id, List<Servable> open) {
    worker = id;
    lastNoted = id;
    queues.addAll(open);
    index.idle(id, names(open));
  }

  /** Takes all notes back, and passes on the wake-ups that have come. */
  void takeBack() throws InterruptedException {
    lock.lock();
    try {
      WorkerId noted = worker;
      if (noted == null) {
        return;
      }
      List<String> names = names(queues);
      worker = null;
      queues.clear();
      index.busy(noted, names);
      passWakeUpsOn(noted, SENT_WAIT);
    } catch (DispatchUnavailableException e) {
      // The index forgets them after 10 s.
      log.debug("idle notes were not taken back: {}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** Takes all notes back for good, and also waits for wake-ups that are about to be sent. */
  void leave() throws InterruptedException {
    takeBack();
    lock.lock();
    try {
      WorkerId noted = lastNoted;
      if (noted != null) {
        passWakeUpsOn(noted, UNSENT_WAIT);
      }
    } catch (DispatchUnavailableException e) {
      log.debug("late wake-ups were not passed on: {}", e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private void passWakeUpsOn(WorkerId noted, Duration wait) throws InterruptedException {
    Optional<WakeUp> woken;
    while ((woken = index.await(noted, wait)).isPresent()) {
      dispatcher.passOn(woken.get().queue());
    }
  }

  private static List<String> names(Collection<Servable> queues) {
    return queues.stream().map(Servable::queue).toList();
  }
}
