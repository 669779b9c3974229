package io.mrq.client;

import static io.mrq.test.builder.JobBuilder.aJob;
import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.query.JobFilter;
import io.mrq.stats.QueueCount;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobInspectorTest {
  private final InMemoryStore store = new InMemoryStore();
  private final JobInspector inspector = new JobInspector(store.queries(), store.recovery());

  // JOB-14
  @Test
  void jobsAreFoundAndListed() {
    Job one = stored("a", JobStatus.QUEUED);
    Job two = stored("b", JobStatus.FAILED);

    assertThat(inspector.find(one.id())).contains(one);
    assertThat(inspector.find(JobId.next())).isEmpty();
    assertThat(inspector.list(JobFilter.ALL, null, 10)).containsExactlyInAnyOrder(one, two);
    assertThat(inspector.list(JobFilter.ALL.statuses(Set.of(JobStatus.FAILED)), null, 10))
        .containsExactly(two);
    assertThat(inspector.list(JobFilter.ALL, null, 1)).hasSize(1);
  }

  // QUE-09, QUE-22
  @Test
  void queuesTellTheirUnfinishedJobs() {
    stored("a", JobStatus.QUEUED);
    stored("a", JobStatus.STARTED);
    stored("b", JobStatus.SUCCESS);

    assertThat(inspector.queues())
        .containsExactly(
            new QueueCount(
                "a", Map.of(JobStatus.QUEUED, 1L, JobStatus.STARTED, 1L), MutableClock.START));
  }

  private Job stored(String queue, JobStatus status) {
    Job job = aJob().queue(queue).status(status).build();
    store.insertAsIs(job);
    return job;
  }
}
