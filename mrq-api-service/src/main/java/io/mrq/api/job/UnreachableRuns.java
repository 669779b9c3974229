package io.mrq.api.job;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.WorkerId;
import io.mrq.query.JobQueries;
import io.mrq.worker.WorkerStore;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Knows which jobs run in a worker that has no heartbeat, such as a Python worker. Nobody can
 * interrupt such a run, and its outcome overwrites whatever is done to the job meanwhile.
 */
@Component
class UnreachableRuns {
  private final JobQueries jobs;
  private final WorkerStore workers;

  UnreachableRuns(JobQueries jobs, WorkerStore workers) {
    this.jobs = jobs;
    this.workers = workers;
  }

  boolean contains(JobId id) {
    return jobs.find(id).filter(this::runsWithoutHeartbeat).isPresent();
  }

  private boolean runsWithoutHeartbeat(Job job) {
    WorkerId worker = job.worker();
    return job.status() == JobStatus.STARTED
        && worker != null
        && workers.presence(List.of(worker)).get(worker) == WorkerStore.Presence.FOREIGN;
  }
}
