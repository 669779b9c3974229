package io.mrq.task;

import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Port to what processes tell each other of tasks: releases, which workers publish, and overrides,
 * which administrators make. Every method may throw {@link StoreUnavailableException}.
 */
public interface TaskStore {
  /**
   * Publishes a release, or renews the one with its id: {@code since} stays, and {@code seen} is
   * never set back.
   */
  void publish(TaskRelease release);

  /**
   * Renews the date of a release, unless that was done after {@code ifBefore}: however many workers
   * have a release, one of them writes.
   *
   * @return false if there is no such release
   */
  boolean renew(String id, Instant now, Instant ifBefore);

  /** All releases without their tasks, the first published first. */
  List<TaskRelease> releases();

  /** These releases with their tasks; one that is gone is left out. */
  List<TaskRelease> load(Collection<String> ids);

  /** All overrides, sorted by path. */
  List<TaskOverride> overrides();

  /**
   * Changes the settings of a task that are overridden; those that are not named stay.
   *
   * @param set values in their plain form, as {@link TaskSetting#checked} returns them
   * @param reset settings that are not overridden any more
   * @param who for people
   */
  void override(
      String path,
      Map<TaskSetting, Object> set,
      Collection<TaskSetting> reset,
      String who,
      Instant now);

  /** Deletes releases that were last seen before this time; returns how many. */
  long deleteUnseen(Instant before, int limit);
}
