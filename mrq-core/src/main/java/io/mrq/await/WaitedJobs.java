package io.mrq.await;

import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.query.JobQueries;
import io.mrq.store.JobStore;
import io.mrq.store.RunState;
import io.mrq.store.StoreUnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads what became of jobs, and tells the callers that wait for them. For up to {@value
 * #MAX_BATCH} jobs that is one command, which reads their statuses by their ids, and one more when
 * some of them have ended, which loads those.
 */
final class WaitedJobs {
  static final int MAX_BATCH = 1000;

  private final JobStore store;
  private final JobQueries queries;

  WaitedJobs(JobStore store, JobQueries queries) {
    this.store = store;
    this.queries = queries;
  }

  void read(Collection<JobWait> waits) {
    Map<JobId, List<JobWait>> byJob =
        waits.stream()
            .collect(Collectors.groupingBy(JobWait::id, LinkedHashMap::new, Collectors.toList()));
    List<JobId> ids = List.copyOf(byJob.keySet());
    for (int from = 0; from < ids.size(); from += MAX_BATCH) {
      Map<JobId, List<JobWait>> batch = new LinkedHashMap<>();
      ids.subList(from, Math.min(ids.size(), from + MAX_BATCH))
          .forEach(id -> batch.put(id, byJob.get(id)));
      readBatch(batch);
    }
  }

  private void readBatch(Map<JobId, List<JobWait>> waits) {
    Map<JobId, RunState> states;
    Map<JobId, Job> ended;
    try {
      states = store.states(waits.keySet());
      ended = ended(states);
    } catch (StoreUnavailableException e) {
      waits.values().forEach(ofJob -> ofJob.forEach(wait -> wait.missed(e)));
      return;
    }
    waits.forEach((id, ofJob) -> {
      RunState state = states.get(id);
      ofJob.forEach(wait -> tell(wait, state == null ? null : state.status(), ended.get(id)));
    });
  }

  private Map<JobId, Job> ended(Map<JobId, RunState> states) {
    Set<JobId> ids =
        states.entrySet().stream()
            .filter(state -> state.getValue().status().isFinal())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    Map<JobId, Job> ended = new HashMap<>();
    if (!ids.isEmpty()) {
      // One that was requeued or deleted meanwhile is left to the next read.
      queries.find(ids).stream()
          .filter(job -> job.status().isFinal())
          .forEach(job -> ended.put(job.id(), job));
    }
    return ended;
  }

  private static void tell(JobWait wait, @Nullable JobStatus status, @Nullable Job ended) {
    if (ended != null) {
      wait.ended().complete(ended);
    } else if (status == null) {
      wait.ended().completeExceptionally(new JobNotFoundException(wait.id()));
    } else {
      wait.saw(status);
    }
  }
}
