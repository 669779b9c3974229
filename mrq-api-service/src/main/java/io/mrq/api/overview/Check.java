package io.mrq.api.overview;

import io.mrq.job.JobStatus;
import io.mrq.stats.QueueCount;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** One kind of trouble that the overview looks for. */
sealed interface Check
    permits NoWorker,
        NoScheduler,
        OldestJob,
        Failing,
        PausedQueueHoldsJobs,
        RedisAway,
        WorkerSilent {
  /** All kinds. */
  List<Check> ALL =
      List.of(
          new NoWorker(),
          new NoScheduler(),
          new OldestJob(),
          new Failing(),
          new PausedQueueHoldsJobs(),
          new RedisAway(),
          new WorkerSilent());

  /** What is wrong, as one trouble however many things have it. */
  Optional<Trouble> in(Situation situation);

  /** What all checks find, the worst first. */
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

  /** A number of jobs, for a sentence. */
  static String jobs(long number) {
    return number == 1 ? "1 job" : "%,d jobs".formatted(number);
  }

  /** That so many jobs wait, for a sentence. */
  static String jobsWait(long number) {
    return jobs(number) + (number == 1 ? " waits" : " wait");
  }

  /** The same of the queued jobs of a queue, which may be more than were counted. */
  static String jobsWait(QueueCount count) {
    String waiting = jobsWait(count.in(JobStatus.QUEUED));
    return count.isAtLeast(JobStatus.QUEUED) ? "At least " + waiting : waiting;
  }

  /** A duration as people say it, in one unit. */
  static String told(Duration duration) {
    if (duration.toDays() >= 2) {
      return duration.toDays() + " days";
    }
    if (duration.toHours() >= 2) {
      return duration.toHours() + " h";
    }
    return duration.toMinutes() >= 2 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
  }
}
