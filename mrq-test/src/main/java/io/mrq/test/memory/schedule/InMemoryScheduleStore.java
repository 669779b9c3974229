package io.mrq.test.memory.schedule;

import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleStore;
import io.mrq.test.memory.job.Availability;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Schedules in memory. */
public final class InMemoryScheduleStore implements ScheduleStore {
  private final Availability availability;
  private final InstantSource clock;
  private final ConcurrentSkipListMap<String, Schedule> schedules = new ConcurrentSkipListMap<>();

  /**
   * An empty store.
   *
   * @param clock the time of the store
   */
  public InMemoryScheduleStore(Availability availability, InstantSource clock) {
    this.availability = availability;
    this.clock = clock;
  }

  @Override
  public Instant now() {
    availability.check();
    return Instant.ofEpochMilli(clock.millis());
  }

  @Override
  public boolean create(Schedule schedule) {
    availability.check();
    return schedules.putIfAbsent(schedule.name(), schedule) == null;
  }

  @Override
  public Optional<Schedule> find(String name) {
    availability.check();
    return Optional.ofNullable(schedules.get(name));
  }

  @Override
  public List<Schedule> list(@Nullable String after, int limit) {
    return all()
        .filter(schedule -> after == null || schedule.name().compareTo(after) > 0)
        .limit(Math.max(0, limit))
        .toList();
  }

  @Override
  public List<Schedule> ownedBy(String owner) {
    return all().filter(schedule -> schedule.owner().equals(owner)).limit(1000).toList();
  }

  @Override
  public List<Schedule> due(Instant by, int limit) {
    return all()
        .filter(schedule -> schedule.wake() != null && !wake(schedule).isAfter(by))
        .sorted(Comparator.comparing(InMemoryScheduleStore::wake))
        .limit(Math.max(0, limit))
        .toList();
  }

  private static Instant wake(Schedule schedule) {
    return Objects.requireNonNull(schedule.wake());
  }

  private Stream<Schedule> all() {
    availability.check();
    return schedules.values().stream();
  }

  @Override
  public List<ScheduleDefinition> ofPython() {
    availability.check();
    return List.of();
  }

  @Override
  public Set<String> replace(Collection<Schedule> changed) {
    availability.check();
    Set<String> won = new HashSet<>();
    for (Schedule each : changed) {
      schedules.computeIfPresent(
          each.name(),
          (name, stored) -> {
            if (stored.version() != each.version()) {
              return stored;
            }
            won.add(name);
            return each.stored();
          });
    }
    return won;
  }

  @Override
  public boolean delete(Schedule seen) {
    availability.check();
    Schedule stored = schedules.get(seen.name());
    return stored != null
        && stored.version() == seen.version()
        && schedules.remove(seen.name(), stored);
  }
}
