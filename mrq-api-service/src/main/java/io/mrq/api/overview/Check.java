package io.mrq.api.overview;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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

  /** Of one kind no more than so many are told. */
  int MOST = 5;

  /** What is wrong, the worst of it first. */
  Stream<Trouble> in(Situation situation);

  /** What all checks find, the worst first. */
  static List<Trouble> all(Situation situation) {
    return ALL.stream()
        .flatMap(check -> check.in(situation).limit(MOST))
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
