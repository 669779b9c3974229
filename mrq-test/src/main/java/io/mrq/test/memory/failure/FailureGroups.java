package io.mrq.test.memory.failure;

import io.mrq.failure.FailureGroup;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Groups failed jobs. */
public final class FailureGroups {
  private static final Comparator<FailureGroup> LARGEST_FIRST =
      Comparator.comparingLong((FailureGroup group) -> -group.count())
          .thenComparing(FailureGroup::path)
          .thenComparing(FailureGroup::exceptiontype)
          .thenComparing(
              FailureGroup::fingerprint, Comparator.nullsFirst(Comparator.naturalOrder()));

  private FailureGroups() {}

  private record Key(String path, String exceptiontype, @Nullable String fingerprint) {}

  public static Stream<FailureGroup> of(List<Job> jobs, Instant now) {
    Instant from =
        now.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(FailureGroup.HOURS - 1L));
    return jobs.stream()
        .filter(job -> job.exceptiontype() != null && !job.exceptiontype().isEmpty())
        .collect(Collectors.groupingBy(FailureGroups::key))
        .entrySet()
        .stream()
        .map(entry -> group(entry.getKey(), entry.getValue(), from))
        .sorted(LARGEST_FIRST);
  }

  private static Key key(Job job) {
    return new Key(job.path(), Objects.requireNonNull(job.exceptiontype()), job.fingerprint());
  }

  private static FailureGroup group(Key key, List<Job> jobs, Instant from) {
    Map<JobStatus, Long> statuses = new EnumMap<>(JobStatus.class);
    jobs.forEach(job -> statuses.merge(job.status(), 1L, Long::sum));
    List<Instant> dates =
        jobs.stream().map(Job::dateupdated).filter(Objects::nonNull).sorted().toList();
    List<Long> history = new ArrayList<>(Collections.nCopies(FailureGroup.HOURS, 0L));
    for (Instant date : dates) {
      if (!date.isBefore(from)) {
        int hour = (int) Math.min(Duration.between(from, date).toHours(), FailureGroup.HOURS - 1);
        history.set(hour, history.get(hour) + 1);
      }
    }
    return new FailureGroup(
        key.path(),
        key.exceptiontype(),
        key.fingerprint(),
        statuses,
        dates.isEmpty() ? null : dates.getFirst(),
        dates.isEmpty() ? null : dates.getLast(),
        history,
        jobs.stream().map(Job::id).max(Comparator.<JobId>naturalOrder()).orElseThrow(),
        jobs.stream().map(Job::id).min(Comparator.<JobId>naturalOrder()).orElseThrow());
  }
}
