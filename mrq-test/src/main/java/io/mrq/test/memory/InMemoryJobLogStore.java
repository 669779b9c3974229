package io.mrq.test.memory;

import io.mrq.job.JobId;
import io.mrq.job.JobLogChunk;
import io.mrq.job.JobLogCursor;
import io.mrq.job.JobLogLine;
import io.mrq.store.JobLogPage;
import io.mrq.store.JobLogStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Log lines in memory; never too many. */
final class InMemoryJobLogStore implements JobLogStore {
  private final Availability availability;
  private final ConcurrentSkipListMap<String, JobLogChunk> chunks = new ConcurrentSkipListMap<>();

  InMemoryJobLogStore(Availability availability) {
    this.availability = availability;
  }

  @Override
  public void append(Collection<JobLogChunk> added) {
    availability.check();
    added.forEach(chunk -> chunks.putIfAbsent(chunk.id(), chunk));
  }

  @Override
  public JobLogPage after(JobId job, JobLogCursor place, int limit) {
    availability.check();
    List<JobLogLine> lines = new ArrayList<>();
    JobLogCursor next = place;
    for (JobLogChunk chunk : chunks.tailMap(place.from(), true).values()) {
      if (!chunk.run().job().equals(job) || lines.size() == limit) {
        continue;
      }
      int from = Math.min(place.linesOf(chunk.id()), chunk.lines().size());
      int to = Math.min(chunk.lines().size(), from + limit - lines.size());
      lines.addAll(chunk.lines().subList(from, to));
      next = next.with(chunk.id(), to);
    }
    return new JobLogPage(lines, next);
  }

  @Override
  public JobLogPage tail(JobId job, int lines) {
    JobLogPage all = after(job, JobLogCursor.START, Integer.MAX_VALUE);
    int size = all.lines().size();
    return new JobLogPage(all.lines().subList(Math.max(0, size - lines), size), all.next());
  }

  @Override
  public long trim(int limit) {
    availability.check();
    return 0;
  }
}
