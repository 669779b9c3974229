package io.mrq.test.memory.job;

import io.mrq.job.Job;
import io.mrq.test.builder.JobBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lane of a parked job, among the fields that MRQ shows as they are. */
public final class ParkedLane {
  private static final String LANE = "lane";

  private ParkedLane() {}

  /** Whether a job is parked. */
  public static boolean holds(Job job) {
    return job.others().get(LANE) instanceof String lane && lane.startsWith("?");
  }

  /** The task for which a parked job waits. */
  public static String path(Job job) {
    return String.valueOf(job.others().get(LANE)).substring(1);
  }

  /** A job in the lane of this task. */
  public static Job put(Job job, String path) {
    Map<String, @Nullable Object> others = new LinkedHashMap<>(job.others());
    others.put(LANE, "?" + path);
    return JobBuilder.like(job).others(others).build();
  }

  /** A job in the lane that all share. */
  public static Job leave(Job job) {
    Map<String, @Nullable Object> others = new LinkedHashMap<>(job.others());
    others.remove(LANE);
    return JobBuilder.like(job).others(others).build();
  }
}
