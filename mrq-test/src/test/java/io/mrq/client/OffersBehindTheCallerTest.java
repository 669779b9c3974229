package io.mrq.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.JobId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever enqueues waits for the job store alone. */
@Timeout(60)
class OffersBehindTheCallerTest {
  private final ClientFixture fixture = new ClientFixture();

  @Test
  void anEnqueueReturnsBeforeItsOfferIsSent() {
    Queue<Runnable> background = new ArrayDeque<>();
    JobClient client = client(new JobDispatcher(fixture.index, background::add));

    JobId one = client.enqueue(JobRequest.of("a")).id();
    List<JobId> more = client.enqueueAll(requests(3));

    assertThat(fixture.isStored(one)).isTrue();
    assertThat(more).allMatch(fixture::isStored);
    assertThat(fixture.index.take("default", 10)).isEmpty();
    background.remove().run();
    assertThat(background).as("all of them went together").isEmpty();
    assertThat(fixture.index.take("default", 10)).hasSize(4).contains(one).containsAll(more);
  }

  @Test
  void anIndexThatHangsHoldsNobodyUp() throws InterruptedException {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch isAsked = new CountDownLatch(1);
    JobDispatcher dispatcher =
        new JobDispatcher(
            asking(() -> {
              isAsked.countDown();
              hangs.await();
            }),
            Thread::startVirtualThread);
    JobClient client = client(dispatcher);

    JobId first = client.enqueue(JobRequest.of("a")).id();
    isAsked.await();
    JobId second = client.enqueue(JobRequest.of("a")).id();

    assertThat(List.of(first, second)).allMatch(fixture::isStored);
    assertThat(fixture.index.take("default", 10)).isEmpty();
    hangs.countDown();
    dispatcher.flush();
    assertThat(fixture.index.take("default", 10)).contains(first);
  }

  @Test
  void anInterruptOfTheCallerDoesNotReachTheOffer() {
    AtomicBoolean interrupted = new AtomicBoolean();
    JobDispatcher dispatcher =
        new JobDispatcher(
            asking(() -> interrupted.set(Thread.currentThread().isInterrupted())),
            Thread::startVirtualThread);

    Thread.currentThread().interrupt();
    JobId job = client(dispatcher).enqueue(JobRequest.of("a")).id();
    boolean kept = Thread.interrupted();
    dispatcher.flush();

    assertThat(kept).as("the caller's own code still sees its interrupt").isTrue();
    assertThat(interrupted).isFalse();
    assertThat(fixture.index.take("default", 10)).containsExactly(job);
  }

  @Test
  void whereNoThreadCanBeStartedTheJobIsStoredAllTheSame() {
    Executor none =
        _ -> {
          throw new OutOfMemoryError("unable to create native thread");
        };

    JobId job = client(new JobDispatcher(fixture.index, none)).enqueue(JobRequest.of("a")).id();

    assertThat(fixture.isStored(job)).isTrue();
  }

  private JobClient client(JobDispatcher dispatcher) {
    return new JobClient(
        new JobClient.Ports(
            fixture.scripted, fixture.store.queries(), fixture.store.keys(), dispatcher),
        fixture.tasks,
        JobClient.Observers.NONE,
        fixture.clock,
        Runnable::run);
  }

  private static List<JobRequest> requests(int count) {
    return IntStream.range(0, count).mapToObj(i -> JobRequest.of("b." + i)).toList();
  }

  /** The index of the fixture, which does something before each call. */
  private DispatchIndex asking(Before before) {
    return (DispatchIndex)
        Proxy.newProxyInstance(
            DispatchIndex.class.getClassLoader(),
            new Class<?>[] {DispatchIndex.class},
            (_, method, arguments) -> {
              before.call();
              try {
                return method.invoke(fixture.index, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  private interface Before {
    void call() throws InterruptedException;
  }
}
