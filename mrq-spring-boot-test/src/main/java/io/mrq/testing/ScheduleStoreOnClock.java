package io.mrq.testing;

import io.mrq.schedule.Schedule;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Schedules that go by the clock of the test, and not by that of their store. */
record ScheduleStoreOnClock(ScheduleStore store, TestClock clock) implements ScheduleStore {
  @Override
  public Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  @Override
  public boolean create(Schedule schedule) {
    return store.create(schedule);
  }

  @Override
  public Optional<Schedule> find(String name) {
    return store.find(name);
  }

  @Override
  public List<Schedule> list(@Nullable String after, int limit) {
    return store.list(after, limit);
  }

  @Override
  public List<Schedule> ownedBy(String owner) {
    return store.ownedBy(owner);
  }

  @Override
  public List<Schedule> due(Instant by, int limit) {
    return store.due(by, limit);
  }

  @Override
  public List<ScheduleDefinition> ofPython() {
    return store.ofPython();
  }

  @Override
  public Set<String> replace(Collection<Schedule> changed) {
    return store.replace(changed);
  }

  @Override
  public boolean delete(Schedule seen) {
    return store.delete(seen);
  }
}
