package io.mrq.test.memory;

import static io.mrq.test.builder.JobBuilder.aJob;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.port.StorePorts;
import io.mrq.test.builder.JobBuilder;
import io.mrq.test.contract.StoreUnderTest;
import java.time.Instant;
import java.util.Map;

/** The store in memory, as the contract suites want it. */
public final class InMemoryStoreUnderTest implements StoreUnderTest {
  private final InMemoryStore store = new InMemoryStore();

  @Override
  public StorePorts ports() {
    return store;
  }

  @Override
  public JobId insertAsPython(String path, String queue, Instant datequeued) {
    Job job = aJob().path(path).queue(queue).datequeued(datequeued).build();
    store.insertAsIs(job);
    return job.id();
  }

  @Override
  public void reportPythonWorker(WorkerId worker, Instant datereported) {
    store.reportPythonWorker(worker, Map.of("status", "wait", "datereported", datereported));
  }

  @Override
  public void startAsPython(JobId id, WorkerId worker, Instant datestarted) {
    store.insertAsIs(
        like(id).status(JobStatus.STARTED).worker(worker).datestarted(datestarted).build());
  }

  @Override
  public void requeueAsPython(JobId id, Instant datequeued) {
    store.insertAsIs(
        like(id).status(JobStatus.QUEUED).datequeued(datequeued).retryCount(0).build());
  }

  @Override
  public void expireAsPython(JobId id, Instant dateexpires) {
    store.insertAsIs(like(id).dateexpires(dateexpires).build());
  }

  private Job.Builder like(JobId id) {
    return JobBuilder.like(store.queries().find(id).orElseThrow());
  }
}
