package io.mrq.schedule;

import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.job.JobId;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries out what was decided for schedules: stores the jobs under the ids that belong to them,
 * and notes that they are stored. It may be done again, by any process: it makes no further job.
 */
public final class ScheduleEnqueuer {
  private final ScheduleStore store;
  private final JobClient client;

  public ScheduleEnqueuer(ScheduleStore store, JobClient client) {
    this.store = store;
    this.client = client;
  }

  /**
   * Enqueues the jobs of these schedules.
   *
   * @param schedules as they are stored
   */
  public void carryOut(Collection<Schedule> schedules, Instant now) {
    Map<JobId, JobRequest> jobs = new LinkedHashMap<>();
    for (Schedule schedule : schedules) {
      JobRequest request = schedule.definition().request();
      schedule.enqueuing().forEach(slot -> add(jobs, slot, request));
    }
    client.enqueueSlots(jobs, now);
    List<Schedule> done = schedules.stream().map(Schedule::carriedOut).toList();
    // One that was changed meanwhile is carried out once more, which makes no further job.
    store.replace(done);
  }

  private static void add(Map<JobId, JobRequest> jobs, SlotRecord slot, JobRequest request) {
    JobId id = slot.job();
    if (id != null) {
      jobs.put(id, request);
    }
  }
}
