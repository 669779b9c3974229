package io.mrq.api.overview;

import io.mrq.job.JobStatus;
import io.mrq.stats.QueueCount;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks for one kind of trouble. */
sealed interface Check
    permits NoWorker,
        NoScheduler,
        UnknownTask,
        OldestJob,
        Failing,
        PausedQueueHoldsJobs,
        RedisAway,
        WorkerSilent,
        SlotMissed {
  List<Check> ALL =
      List.of(
          new NoWorker(),
          new NoScheduler(),
          new UnknownTask(),
          new OldestJob(),
          new Failing(),
          new PausedQueueHoldsJobs(),
          new RedisAway(),
          new WorkerSilent(),
          new SlotMissed());

  /** The trouble, or nothing; one trouble however many queues or workers have it. */
  Optional<Trouble> in(Situation situation);

  /** What all checks find, most severe first. */
  static List<Trouble> all(Situation situation) {
    return ALL.stream()
        .flatMap(check -> check.in(situation).stream())
        .sorted(Comparator.comparing(Trouble::severity))
        .toList();
  }

  /** A query string with one parameter. */
  static String query(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** A number of jobs as part of a sentence. */
  static String jobs(long number) {
    return number == 1 ? "1 job" : "%,d jobs".formatted(number);
  }

  /** A number of waiting jobs as the beginning of a sentence. */
  static String jobsWait(long number) {
    return jobs(number) + (number == 1 ? " waits" : " wait");
  }

  /** The number of queued jobs of a queue, which may be higher than was counted. */
  static String jobsWait(QueueCount count) {
    String waiting = jobsWait(count.in(JobStatus.QUEUED));
    return count.isAtLeast(JobStatus.QUEUED) ? "At least " + waiting : waiting;
  }

  /** A duration for people, in one unit. */
  static String text(Duration duration) {
    if (duration.toDays() >= 2) {
      return duration.toDays() + " days";
    }
    if (duration.toHours() >= 2) {
      return duration.toHours() + " h";
    }
    return duration.toMinutes() >= 2 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
  }
}
