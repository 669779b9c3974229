package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.task.TaskDefinition;
import io.mrq.task.TaskRegistry;
import io.mrq.task.TaskSettings;
import io.mrq.test.memory.InMemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A publisher is asked by its own loop and by the heartbeat of the worker. */
class TaskPublisherTest {
  private static final TaskRegistry TASKS =
      new TaskRegistry(List.of(new TaskDefinition("a.Task", TaskSettings.DEFAULT, _ -> null)));

  /** Each release takes the date once, when its tasks are described. */
  private final List<Thread> makers = new ArrayList<>();

  private final AtomicReference<TaskPublisher> publisher = new AtomicReference<>();
  private final AtomicReference<String> other = new AtomicReference<>();
  private final Thread heartbeat =
      new Thread(() -> other.set(publisher.get().releaseId()), "heartbeat");

  @Test
  void whoeverAsksAtTheSameTimeGetsTheSameRelease() throws InterruptedException {
    publisher.set(
        new TaskPublisher(
            new InMemoryStore().tasks(), TASKS, null, "shop", "1", this::whileAnotherAsks));

    String release = publisher.get().releaseId();
    heartbeat.join();

    assertThat(release).isNotEmpty().isEqualTo(other.get());
    assertThat(makers).containsExactly(Thread.currentThread());
  }

  private Instant whileAnotherAsks() {
    makers.add(Thread.currentThread());
    if (Thread.currentThread() != heartbeat) {
      heartbeat.start();
      while (heartbeat.isAlive() && heartbeat.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    return InstantSource.system().instant();
  }
}
