package io.mrq.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.engine.worker.WorkerBench;
import io.mrq.engine.worker.WorkerOptions;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.ServedQueues;
import io.mrq.task.TaskSettings;
import io.mrq.task.TaskThreads;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a task leaves in its thread reaches no other job, though that one begins when it ends. */
class ThreadStateTest {
  private static final InheritableThreadLocal<String> LEFT = new InheritableThreadLocal<>();

  private final WorkerBench bench = new WorkerBench();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  @AfterEach
  void close() {
    LEFT.remove();
    bench.close();
  }

  private Object leavesItsState(ClassLoader loader) {
    Thread own = Thread.currentThread();
    seen.add(LEFT.get() + ", " + (own.getContextClassLoader() == loader) + own.getPriority());
    LEFT.set("left");
    own.setContextClassLoader(new URLClassLoader(new URL[0]));
    own.setPriority(Thread.MIN_PRIORITY);
    return 1;
  }

  @ParameterizedTest
  @EnumSource
  void theNextJobSeesNothingOfIt(TaskThreads threads) {
    ClassLoader loader = new URLClassLoader(new URL[0], getClass().getClassLoader());
    bench.task("t", TaskSettings.builder().threads(threads).build(), _ -> leavesItsState(loader));
    List<JobId> jobs = IntStream.range(0, 400).mapToObj(_ -> bench.enqueue("t")).toList();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    LEFT.set("the caller's");
    try {
      bench.start(WorkerOptions.of("test", ServedQueues.of(List.of("default")), 1));
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }

    jobs.forEach(id -> bench.awaitStatus(id, JobStatus.SUCCESS));

    assertThat(seen).containsExactly("null, true" + Thread.NORM_PRIORITY);
  }
}
