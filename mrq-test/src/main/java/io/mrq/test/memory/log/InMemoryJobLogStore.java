package io.mrq.test.memory.log;

import io.mrq.job.JobId;
import io.mrq.log.JobLogChunk;
import io.mrq.log.JobLogCursor;
import io.mrq.log.JobLogLine;
import io.mrq.log.JobLogPage;
import io.mrq.log.JobLogStore;
import io.mrq.test.memory.job.Availability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Log lines in memory, without a limit to their size. */
public final class InMemoryJobLogStore implements JobLogStore {
  private final Availability availability;
  private final ConcurrentSkipListMap<String, JobLogChunk> chunks = new ConcurrentSkipListMap<>();

  public InMemoryJobLogStore(Availability availability) {
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
      if (!chunk.run().job().equals(job) || lines.size() == limit || isFull(lines)) {
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
    availability.check();
    List<JobLogLine> newestFirst = new ArrayList<>();
    JobLogCursor next = JobLogCursor.START;
    for (JobLogChunk chunk : chunks.values()) {
      if (chunk.run().job().equals(job)) {
        next = next.with(chunk.id(), chunk.lines().size());
      }
    }
    for (JobLogChunk chunk : chunks.descendingMap().values()) {
      if (chunk.run().job().equals(job) && !isFull(newestFirst)) {
        newestFirst.addAll(chunk.lines().reversed());
      }
    }
    List<JobLogLine> last = newestFirst.subList(0, Math.min(lines, newestFirst.size()));
    return new JobLogPage(last.reversed(), next);
  }

  private static boolean isFull(List<JobLogLine> lines) {
    return JobLogPage.characters(lines) >= JobLogPage.MAX_CHARACTERS;
  }

  @Override
  public long trim(int limit) {
    availability.check();
    return 0;
  }
}
