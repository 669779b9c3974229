package io.mrq.schedule;

import io.mrq.client.JobRequest;
import io.mrq.job.PlainNumbers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to happen again and again: which job, and when.
 *
 * <pre>{@code
 * ScheduleDefinition.builder("nightly-report", "reports.Nightly", new DailyAt(LocalTime.of(3, 0)))
 *     .zone(ZoneId.of("Europe/Berlin"))
 *     .build()
 * }</pre>
 *
 * @param name its identity: 1 to 100 letters, digits, {@code . _ : -}
 * @param path the path of the task
 * @param params the params of each job; at most 64 KiB as BSON
 * @param queue null: the queue of the task
 * @param priority −1000 … 1000
 * @param recurrence when it has slots
 * @param zone the time zone of the slots; an interval has none
 * @param misfire what becomes of slots that nobody enqueued in time
 * @param window how old a slot may be that {@link Misfire#ALL} makes up for
 * @param overlap what becomes of a slot while an earlier job has not ended
 * @param jitter by how much a job may come later than its slot; each slot has its own delay, and
 *     all schedulers agree on it
 * @param start no slot is earlier; null: none is earlier than the definition
 * @param end no slot is later; null: it never ends
 */
public record ScheduleDefinition(
    String name,
    String path,
    Map<String, @Nullable Object> params,
    @Nullable String queue,
    int priority,
    Recurrence recurrence,
    ZoneId zone,
    Misfire misfire,
    Duration window,
    Overlap overlap,
    Duration jitter,
    @Nullable Instant start,
    @Nullable Instant end) {
  /** How old a slot may be by default that {@link Misfire#ALL} makes up for. */
  public static final Duration DEFAULT_WINDOW = Duration.ofDays(1);

  private static final ZoneId UTC = ZoneId.of("UTC");

  public ScheduleDefinition {
    zone = zone.getId().equals("Z") ? UTC : zone;
    params = Collections.unmodifiableMap(new LinkedHashMap<>(PlainNumbers.in(params)));
  }

  /**
   * Returns a builder for a schedule in UTC, without params, jitter, start or end, that makes up
   * once for slots that were missed, and allows overlaps.
   */
  public static Builder builder(String name, String path, Recurrence recurrence) {
    return new Builder(name, path, recurrence);
  }

  /** Returns what is enqueued at each slot. */
  public JobRequest request() {
    return JobRequest.of(path).params(params).queue(queue).priority(priority);
  }

  /** Whether another definition has the same slots. */
  boolean hasTimesOf(ScheduleDefinition other) {
    return times().equals(other.times());
  }

  private Times times() {
    return new Times(recurrence, zone, start, end);
  }

  private record Times(
      Recurrence recurrence, ZoneId zone, @Nullable Instant start, @Nullable Instant end) {}

  /** Makes definitions. Its methods are named after the components; nothing is checked. */
  public static final class Builder {
    private final String name;
    private final String path;
    private final Recurrence recurrence;
    private Map<String, @Nullable Object> params = Map.of();
    private @Nullable String queue;
    private int priority;
    private ZoneId zone = UTC;
    private Misfire misfire = Misfire.ONCE;
    private Duration window = DEFAULT_WINDOW;
    private Overlap overlap = Overlap.ALLOW;
    private Duration jitter = Duration.ZERO;
    private @Nullable Instant start;
    private @Nullable Instant end;

    private Builder(String name, String path, Recurrence recurrence) {
      this.name = name;
      this.path = path;
      this.recurrence = recurrence;
    }

    public Builder params(Map<String, @Nullable Object> value) {
      params = value;
      return this;
    }

    public Builder queue(@Nullable String value) {
      queue = value;
      return this;
    }

    public Builder priority(int value) {
      priority = value;
      return this;
    }

    public Builder zone(ZoneId value) {
      zone = value;
      return this;
    }

    public Builder misfire(Misfire value) {
      misfire = value;
      return this;
    }

    public Builder window(Duration value) {
      window = value;
      return this;
    }

    public Builder overlap(Overlap value) {
      overlap = value;
      return this;
    }

    public Builder jitter(Duration value) {
      jitter = value;
      return this;
    }

    public Builder start(@Nullable Instant value) {
      start = value;
      return this;
    }

    public Builder end(@Nullable Instant value) {
      end = value;
      return this;
    }

    public ScheduleDefinition build() {
      return new ScheduleDefinition(
          name,
          path,
          params,
          queue,
          priority,
          recurrence,
          zone,
          misfire,
          window,
          overlap,
          jitter,
          start,
          end);
    }
  }
}
