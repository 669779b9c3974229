package io.mrq.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import io.mrq.job.WorkerId;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobDispatcherTest {
  private final InMemoryDispatchIndex index = new InMemoryDispatchIndex();
  private final JobDispatcher dispatcher = new JobDispatcher(index);
  private final ReadyJob a1 = new ReadyJob(JobId.next(), "a", 1);
  private final ReadyJob b1 = new ReadyJob(JobId.next(), "b", 1);
  private final ReadyJob a2 = new ReadyJob(JobId.next(), "a", 2);

  // ENQ-06, BUG-29
  @Test
  void jobsAreOfferedOnTheirQueuesAndWakeAsManyWorkers() throws InterruptedException {
    List<WorkerId> workers = List.of(WorkerId.next(), WorkerId.next(), WorkerId.next());
    workers.forEach(worker -> index.idle(worker, List.of("a")));

    dispatcher.offer(List.of(a1, b1, a2));

    assertThat(index.take("a", 5)).containsExactly(a1.id(), a2.id());
    assertThat(index.take("b", 5)).containsExactly(b1.id());
    int woken = 0;
    for (WorkerId worker : workers) {
      woken += index.await(worker, Duration.ZERO).isPresent() ? 1 : 0;
    }
    assertThat(woken).isEqualTo(2);
  }

  @Test
  void aWakeUpIsPassedOnToAnother() throws InterruptedException {
    WorkerId other = WorkerId.next();
    index.idle(other, List.of("a"));

    dispatcher.passOn("a");

    assertThat(index.await(other, Duration.ZERO)).map(WakeUp::queue).contains("a");
  }

  @Test
  void droppedJobsAreNoLongerReady() {
    dispatcher.offer(List.of(a1, a2));

    dispatcher.drop("a", List.of(a1.id()));

    assertThat(index.take("a", 5)).containsExactly(a2.id());
  }

  @Test
  void whileTheIndexIsAwayNobodyFailsAndWhatWasOfferedIsForgotten() {
    index.setAvailable(false);

    dispatcher.offer(List.of(a1, b1, a2));
    dispatcher.offer(List.of());
    dispatcher.passOn("a");
    dispatcher.drop("a", List.of(a1.id()));

    index.setAvailable(true);
    assertThat(index.take("a", 5)).isEmpty();
    assertThat(index.take("b", 5)).isEmpty();
  }

  @Test
  void whoOffersDoesNotWaitForTheIndexAndWhatGathersGoesTogether() {
    Queue<Runnable> background = new ArrayDeque<>();
    JobDispatcher handedOver = new JobDispatcher(index, background::add);

    handedOver.offer(List.of(a1));
    handedOver.offer(List.of(a2, b1));

    assertThat(index.take("a", 5)).isEmpty();
    assertThat(background).as("one sending for all").hasSize(1);
    background.remove().run();
    assertThat(index.take("a", 5)).containsExactly(a1.id(), a2.id());
    assertThat(index.take("b", 5)).containsExactly(b1.id());

    handedOver.offer(List.of(a1));
    background.remove().run();
    assertThat(index.take("a", 5)).containsExactly(a1.id());
  }

  @Test
  void whatExceedsTheBoundIsForgotten() {
    Queue<Runnable> background = new ArrayDeque<>();
    JobDispatcher handedOver = new JobDispatcher(index, background::add);

    handedOver.offer(
        IntStream.range(0, 100_003).mapToObj(i -> new ReadyJob(JobId.next(), "a", i)).toList());
    background.remove().run();

    assertThat(index.take("a", 200_000)).hasSize(100_000);
  }

  @Test
  void aFlushWaitsForWhatIsOnItsWay() {
    JobDispatcher handedOver = new JobDispatcher(index, Thread::startVirtualThread);

    handedOver.offer(List.of(a1, a2));
    handedOver.flush();

    assertThat(index.take("a", 5)).containsExactly(a1.id(), a2.id());
  }
}
