package io.mrq.test.memory;

import static io.mrq.test.builder.JobBuilder.aJob;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.WorkerId;
import io.mrq.test.StorePorts;
import io.mrq.test.contract.StoreUnderTest;
import java.time.Instant;
import java.util.Map;

/** The store in memory, as the contract suites want it. */
final class InMemoryStoreUnderTest implements StoreUnderTest {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  public StorePorts ports() {
    return store.ports();
  }

  @Override
  public JobId insertAsPython(String path, String queue, Instant datequeued) {
    Job job = aJob().path(path).queue(queue).datequeued(datequeued).build();
    store.insertAsIs(job);
    return job.id();
  }

  @Override
  public void insertPythonWorker(WorkerId worker, Instant datereported) {
    store.insertPythonWorker(worker, Map.of("status", "wait", "datereported", datereported));
  }
}
