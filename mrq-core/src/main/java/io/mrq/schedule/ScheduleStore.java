package io.mrq.schedule;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Port to the schedules. Each is one document, and each change names the version that was read, so
 * that of several changes at the same time one wins.
 *
 * <p>Every method may throw {@link io.mrq.store.StoreUnavailableException}: whether the call was
 * carried out is then unknown.
 */
public interface ScheduleStore {
  /**
   * Tells the time of the store, which is the same for all processes, whatever their clocks say.
   */
  Instant now();

  /**
   * Stores a new schedule.
   *
   * @return false when its name is taken
   */
  boolean create(Schedule schedule);

  /** Finds the schedule with this name. */
  Optional<Schedule> find(String name);

  /**
   * Lists schedules by their names.
   *
   * @param after only later names; null: from the first
   * @param limit how many at most
   */
  List<Schedule> list(@Nullable String after, int limit);

  /** Lists the schedules of one owner by their names, 1,000 at most. */
  List<Schedule> ownedBy(String owner);

  /**
   * Finds schedules for which a scheduler has something to do by then, the most urgent first.
   *
   * @param by a moment, see {@link Schedule#wake()}
   * @param limit how many at most
   */
  List<Schedule> due(Instant by, int limit);

  /**
   * Reads the schedules that Python MRQ keeps, 1,000 at most, under names that are made of their
   * paths and hashes. Those that cannot be understood are left out.
   */
  List<ScheduleDefinition> ofPython();

  /**
   * Replaces schedules whose stored version is still the one of the replacement, which gets the
   * next version.
   *
   * @param changed at most one of each name
   * @return the names of those that were replaced
   */
  Set<String> replace(Collection<Schedule> changed);

  /**
   * Deletes a schedule whose version is still this one.
   *
   * @return whether it was deleted
   */
  boolean delete(Schedule seen);
}
