package io.mrq.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.store.NotStorableException;
import io.mrq.store.StoreRefusedException;
import io.mrq.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Single enqueues that arrive together share one insert. */
@Timeout(60)
class InsertGroupTest {
  private static final int TOGETHER = 100;

  private final ClientFixture fixture = new ClientFixture();
  private final CountDownLatch firstIsIn = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Test
  void enqueuesThatArriveDuringAnInsertShareTheNextOne() throws InterruptedException {
    fixture.scripted.beforeInsert(_ -> blockTheFirst());

    List<Caller> callers = enqueueTogether(TOGETHER);

    assertThat(fixture.scripted.inserts()).containsExactly(1, TOGETHER);
    assertThat(callers).allMatch(caller -> caller.error == null);
    assertThat(callers)
        .extracting(caller -> caller.id)
        .doesNotContainNull()
        .doesNotHaveDuplicates()
        .allMatch(fixture::isStored);
    assertThat(fixture.enqueued).hasSize(TOGETHER + 1);
    assertThat(fixture.index.take("default", 1000)).hasSize(TOGETHER + 1);
  }

  @Test
  void aJobThatCanNeverBeStoredFailsAlone() throws InterruptedException {
    fixture.scripted.beforeInsert(jobs -> {
      blockTheFirst();
      if (hasPath(jobs, "caller.7")) {
        throw new NotStorableException("too large", null);
      }
    });

    List<Caller> callers = enqueueTogether(TOGETHER);

    assertThat(callers.get(7).error).isInstanceOf(NotStorableException.class);
    assertThat(callers.get(7).id).isNull();
    assertThat(callers).filteredOn(caller -> caller.error == null).hasSize(TOGETHER - 1);
    assertThat(fixture.enqueued).hasSize(TOGETHER);
  }

  @Test
  void aCommandThatTheStoreRefusesIsSentAgainForEachAlone() throws InterruptedException {
    fixture.scripted.beforeInsert(jobs -> {
      blockTheFirst();
      if (hasPath(jobs, "caller.7")) {
        throw new StoreRefusedException("not allowed", null);
      }
    });

    List<Caller> callers = enqueueTogether(TOGETHER);

    assertThat(callers.get(7).error).isInstanceOf(StoreRefusedException.class);
    assertThat(callers).filteredOn(caller -> caller.error == null).hasSize(TOGETHER - 1);
    // The first, all others together, and each of them alone.
    assertThat(fixture.scripted.inserts()).hasSize(2 + TOGETHER);
  }

  @Test
  void whenTheStoreIsAwayEveryCallerIsTold() throws InterruptedException {
    fixture.scripted.beforeInsert(jobs -> {
      blockTheFirst();
      if (jobs.size() > 1) {
        throw new StoreUnavailableException("gone", null);
      }
    });

    List<Caller> callers = enqueueTogether(TOGETHER);

    assertThat(callers).allMatch(caller -> caller.error instanceof StoreUnavailableException);
    assertThat(fixture.scripted.inserts()).containsExactly(1, TOGETHER);
  }

  @Test
  void anUnforeseenFailureOfOneJobLeavesNobodyWaiting() throws InterruptedException {
    fixture.scripted.beforeInsert(jobs -> {
      blockTheFirst();
      if (jobs.size() > 1) {
        throw new NotStorableException("one of you", null);
      }
      if (hasPath(jobs, "caller.3")) {
        throw new IllegalStateException("a bug in the store");
      }
    });

    List<Caller> callers = enqueueTogether(TOGETHER);

    assertThat(callers.get(3).error).isInstanceOf(IllegalStateException.class);
    assertThat(callers).filteredOn(caller -> caller.error == null).hasSize(TOGETHER - 1);
  }

  @Test
  void anErrorOfTheLeaderLeavesNobodyWaiting() throws InterruptedException {
    fixture.scripted.beforeInsert(jobs -> {
      blockTheFirst();
      if (!hasPath(jobs, "first")) {
        throw new StackOverflowError("deep");
      }
    });

    List<Caller> callers = enqueueTogether(TOGETHER);

    assertThat(callers).allMatch(caller -> caller.error instanceof StackOverflowError);
  }

  @Test
  void anInterruptOfTheLeaderCostsNobodyElse() throws InterruptedException {
    AtomicBoolean interrupted = new AtomicBoolean();
    fixture.scripted.beforeInsert(jobs -> {
      blockTheFirst();
      if (jobs.size() > 1 && interrupted.compareAndSet(false, true)) {
        // As the driver does: the socket is closed, and the flag stays.
        Thread.currentThread().interrupt();
        throw new StoreUnavailableException("interrupted", null);
      }
    });

    List<Caller> callers = enqueueTogether(TOGETHER);

    assertThat(callers).filteredOn(caller -> caller.error != null).hasSize(1);
    assertThat(callers).filteredOn(caller -> caller.id != null).hasSize(TOGETHER - 1);
    assertThat(fixture.scripted.inserts()).containsExactly(1, TOGETHER, TOGETHER - 1);
  }

  @Test
  void aCallerThatComesInterruptedInsertsForItselfAlone() throws InterruptedException {
    fixture.scripted.beforeInsert(_ -> {
      blockTheFirst();
      if (Thread.currentThread().isInterrupted()) {
        throw new StoreUnavailableException("interrupted", null);
      }
    });
    Caller first = new Caller("first");
    first.start();
    firstIsIn.await();
    Caller interrupted = new Caller("interrupted");
    interrupted.start();
    await().until(() -> interrupted.getState() == Thread.State.WAITING);
    Caller other = new Caller("other");
    other.start();
    await().until(() -> other.getState() == Thread.State.WAITING);
    interrupted.interrupt();

    goOn.countDown();
    interrupted.join();
    other.join();

    assertThat(interrupted.error).isInstanceOf(StoreUnavailableException.class);
    assertThat(other.error).isNull();
    assertThat(fixture.scripted.inserts()).containsExactly(1, 1, 1);
  }

  @Test
  void paramsThatChangeWhileTheyAreWrittenFailTheirOwnCallerAlone() throws InterruptedException {
    fixture.scripted.beforeInsert(jobs -> {
      blockTheFirst();
      if (hasPath(jobs, "caller.7")) {
        throw new ConcurrentModificationException();
      }
    });

    List<Caller> callers = enqueueTogether(TOGETHER);

    assertThat(callers.get(7).error).isInstanceOf(ConcurrentModificationException.class);
    assertThat(callers).filteredOn(caller -> caller.error == null).hasSize(TOGETHER - 1);
    assertThat(fixture.enqueued).hasSize(TOGETHER);
  }

  @Test
  void anErrorBeforeTheInsertLeavesNobodyWaiting() throws InterruptedException {
    Caller broken =
        new Caller("broken") {
          @Override
          public boolean isInterrupted() {
            throw new OutOfMemoryError("while the group is gathered");
          }
        };
    broken.start();
    broken.join();

    Caller next = new Caller("next");
    next.start();
    next.join();

    assertThat(broken.error).isInstanceOf(OutOfMemoryError.class);
    assertThat(next.error).isNull();
    assertThat(next.id).isNotNull();
  }

  @Test
  void anErrorOfTheLeaderAloneCostsNobodyElse() throws InterruptedException {
    AtomicBoolean thrown = new AtomicBoolean();
    fixture.scripted.beforeInsert(jobs -> {
      blockTheFirst();
      if (jobs.size() > 1 && thrown.compareAndSet(false, true)) {
        throw new StackOverflowError("deep");
      }
    });

    List<Caller> callers = enqueueTogether(TOGETHER);

    assertThat(callers).filteredOn(caller -> caller.error != null).hasSize(1);
    assertThat(callers).filteredOn(caller -> caller.id != null).hasSize(TOGETHER - 1);
  }

  @Test
  void everyCallerGetsAThrowableOfItsOwn() throws InterruptedException {
    fixture.scripted.beforeInsert(jobs -> {
      blockTheFirst();
      if (jobs.size() > 1) {
        throw new StoreUnavailableException("gone", null);
      }
    });

    List<Caller> callers = enqueueTogether(TOGETHER);

    assertThat(callers).extracting(caller -> caller.error).doesNotHaveDuplicates();
    assertThat(callers).allSatisfy(caller -> assertThat(caller.error).hasMessage("gone"));
  }

  @Test
  void whoseJobIsStoredDoesNotWaitForTheNextInsert() throws InterruptedException {
    CountDownLatch lateIsIn = new CountDownLatch(1);
    CountDownLatch lateGoesOn = new CountDownLatch(1);
    List<Caller> late = new ArrayList<>();
    fixture.scripted.beforeInsert(jobs -> {
      blockTheFirst();
      if (jobs.size() == TOGETHER) {
        Caller caller = new Caller("late");
        late.add(caller);
        caller.start();
        await().until(() -> caller.getState() == Thread.State.WAITING);
      } else if (hasPath(jobs, "late")) {
        lateIsIn.countDown();
        awaited(lateGoesOn);
      }
    });

    List<Caller> callers = enqueueTogether(TOGETHER);
    lateIsIn.await();

    assertThat(callers).allMatch(caller -> caller.id != null);
    assertThat(late.getFirst().id).isNull();
    lateGoesOn.countDown();
    late.getFirst().join();
    assertThat(late.getFirst().id).isNotNull();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean hasPath(Collection<NewJob> jobs, String path) {
    return jobs.stream().anyMatch(job -> job.path().equals(path));
  }

  private void blockTheFirst() {
    if (firstIsIn.getCount() == 0) {
      return;
    }
    firstIsIn.countDown();
    awaited(goOn);
  }

  /** So many callers wait behind one whose insert is on its way, and then all go on. */
  private List<Caller> enqueueTogether(int count) throws InterruptedException {
    Caller first = new Caller("first");
    first.start();
    firstIsIn.await();
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Caller caller = new Caller("caller." + i);
      caller.start();
      callers.add(caller);
    }
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> callers.stream().allMatch(c -> c.getState() == Thread.State.WAITING));
    goOn.countDown();
    for (Caller caller : callers) {
      caller.join();
    }
    return callers;
  }

  private class Caller extends Thread {
    private final String path;
    private volatile @Nullable JobId id;
    private volatile @Nullable Throwable error;

    Caller(String path) {
      this.path = path;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        id = fixture.client.enqueue(JobRequest.of(path)).id();
      } catch (RuntimeException | Error e) {
        error = e;
      }
    }
  }
}
