package io.mrq.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.queue.ServedQueues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker serves its queues in the order in which it lists them, and no others. */
class QueueOrderTest {
  private final WorkerBench bench = new WorkerBench();
  private final List<Object> order = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    bench.close();
  }

  private JobId enqueued(String queue) {
    return bench.enqueue("t", r -> r.queue(queue).param("queue", queue));
  }

  // QUE-15, WRK-05
  @Test
  void theFirstQueueIsEmptiedBeforeTheNext() {
    bench.task("t", params -> order.add(params.get("queue")));
    JobId last = enqueued("second");
    enqueued("first");
    enqueued("second");
    enqueued("first");

    bench.start(WorkerOptions.of("test", ServedQueues.of(List.of("first", "second")), 1));

    WorkerBench.waitFor(() -> order.size() == 4);
    bench.awaitStatus(last, JobStatus.SUCCESS);
    assertThat(order).containsExactly("first", "first", "second", "second");
  }

  // WRK-05, MIX-04
  @Test
  void aQueueThatIsNotListedIsLeftAlone() {
    bench.task("t", params -> order.add(params.get("queue")));
    JobId elsewhere = enqueued("elsewhere");
    JobId here = enqueued("here");

    bench.start(WorkerOptions.of("test", ServedQueues.of(List.of("here")), 1));

    bench.awaitStatus(here, JobStatus.SUCCESS);
    assertThat(bench.job(elsewhere).status()).isEqualTo(JobStatus.QUEUED);
  }
}
