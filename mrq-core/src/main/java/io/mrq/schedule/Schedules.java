package io.mrq.schedule;

import io.mrq.client.InvalidBatchException;
import io.mrq.client.JobClient;
import io.mrq.job.InvalidJobException;
import io.mrq.job.JobId;
import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Defines, pauses and runs schedules. With the Spring Boot starter it is a bean.
 *
 * <p>A schedule belongs to the one who has defined it, its owner: an application by its name, or
 * {@code api}. Only the owner may change or delete it; everybody may pause, resume and run it.
 * Methods throw {@link StoreUnavailableException}.
 */
public final class Schedules {
  /** The owner of what is defined over HTTP. */
  public static final String API = "api";

  private static final int TRIES = 20;

  private final ScheduleStore store;
  private final SlotTimes times;
  private final JobClient client;
  private final ScheduleEnqueuer enqueuer;

  /**
   * Joins the parts.
   *
   * @param client checks and enqueues the jobs
   */
  public Schedules(ScheduleStore store, SlotTimes times, JobClient client) {
    this.store = store;
    this.times = times;
    this.client = client;
    this.enqueuer = new ScheduleEnqueuer(store, client);
  }

  /**
   * What became of a definition.
   *
   * @param schedule as it is stored now
   * @param created whether there was none of this name
   */
  public record Defined(Schedule schedule, boolean created) {}

  /**
   * What an application has changed by declaring its schedules.
   *
   * @param refused names that somebody else has defined
   * @param left schedules that the application declared earlier, and that stay because it declares
   *     none at all any more
   */
  public record Declared(List<String> refused, List<String> left) {}

  /**
   * Checks a definition.
   *
   * @throws InvalidScheduleException for the first field that is wrong
   */
  public void check(ScheduleDefinition definition) {
    try {
      ScheduleRules.check(definition);
      client.check(List.of(definition.request()));
      times.next(definition, Instant.EPOCH, Instant.EPOCH);
    } catch (InvalidBatchException e) {
      throw new InvalidScheduleException(e.reason().field(), e.reason().complaint());
    } catch (InvalidScheduleException e) {
      throw e;
    } catch (InvalidJobException e) {
      throw new InvalidScheduleException(e.field(), e.complaint());
    } catch (IllegalArgumentException e) {
      throw new InvalidScheduleException("cron", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes a schedule, or changes that of the same name and owner. Where its times change, it begins
   * anew from now: an interval at once, every other with its next slot.
   *
   * @throws InvalidScheduleException when a field is wrong
   * @throws ScheduleOwnedException when somebody else has defined the schedule
   */
  public Defined define(ScheduleDefinition definition, String owner) {
    check(definition);
    Instant now = store.now();
    for (int i = 0; i < TRIES; i++) {
      Optional<Schedule> found = store.find(definition.name());
      if (found.isEmpty()) {
        Schedule fresh = Schedule.of(definition, owner, times, now);
        if (store.create(fresh)) {
          return new Defined(fresh, true);
        }
        continue;
      }
      Schedule seen = found.get();
      requireOwner(seen, owner);
      if (seen.definition().equals(definition)) {
        return new Defined(seen, false);
      }
      Schedule changed = seen.defined(definition, times, now);
      if (isReplaced(changed)) {
        return new Defined(changed.stored(), false);
      }
    }
    throw busy(definition.name());
  }

  /**
   * Declares all schedules of an application. Those that it declared earlier and does not declare
   * now are deleted; but where it declares none at all, nothing is deleted, since that is more
   * often a mistake than a wish.
   *
   * @throws InvalidScheduleException when one of them is wrong; then none is changed
   */
  public Declared declare(Collection<ScheduleDefinition> all, String owner) {
    all.forEach(this::check);
    // As a rule nothing has changed since the last time, and then this is the only command.
    List<Schedule> owned = store.ownedBy(owner);
    Set<ScheduleDefinition> unchanged =
        owned.stream().map(Schedule::definition).collect(Collectors.toSet());
    List<String> refused = new ArrayList<>();
    for (ScheduleDefinition definition : all) {
      try {
        if (!unchanged.contains(definition)) {
          define(definition, owner);
        }
      } catch (ScheduleOwnedException _) {
        refused.add(definition.name());
      }
    }
    Set<String> kept = all.stream().map(ScheduleDefinition::name).collect(Collectors.toSet());
    List<Schedule> others = owned.stream().filter(own -> !kept.contains(own.name())).toList();
    if (all.isEmpty()) {
      return new Declared(refused, others.stream().map(Schedule::name).toList());
    }
    others.forEach(own -> delete(own.name(), owner));
    return new Declared(refused, List.of());
  }

  /**
   * Deletes a schedule. Its jobs stay.
   *
   * @return false when there is none of this name
   * @throws ScheduleOwnedException when somebody else has defined it
   */
  public boolean delete(String name, String owner) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Schedule> seen = store.find(name);
      if (seen.isEmpty()) {
        return false;
      }
      requireOwner(seen.get(), owner);
      if (store.delete(seen.get())) {
        return true;
      }
    }
    throw busy(name);
  }

  /** Finds a schedule by its name. */
  public Optional<Schedule> find(String name) {
    return store.find(name);
  }

  /**
   * Lists schedules by their names.
   *
   * @param after only later names; null: from the first
   * @param limit how many at most
   */
  public List<Schedule> list(@Nullable String after, int limit) {
    return store.list(after, limit);
  }

  /**
   * Pauses a schedule: it has no slots until it is resumed. One that is paused stays as it is.
   *
   * @param who for people who find it paused
   * @param why for people who find it paused; may be empty
   * @return the schedule; empty when there is none of this name
   */
  public Optional<Schedule> pause(String name, String who, String why) {
    return change(
        name,
        (seen, now) -> seen.pause() != null ? seen : seen.paused(new SchedulePause(who, why, now)));
  }

  /**
   * Resumes a schedule with its next slot; those of the pause are not made up for.
   *
   * @return the schedule; empty when there is none of this name
   */
  public Optional<Schedule> resume(String name) {
    return change(name, (seen, now) -> seen.pause() == null ? seen : seen.resumed(times, now));
  }

  /**
   * Leaves out the next slot of a schedule.
   *
   * @param who asks for it
   * @return the schedule, unchanged when it has no further slot; empty when there is none of this
   *     name
   */
  public Optional<Schedule> skipNext(String name, String who) {
    return change(
        name,
        (seen, now) -> {
          Instant next = seen.next();
          return next == null ? seen : seen.withoutNext(next, who, times, now);
        });
  }

  /**
   * Enqueues a job of a schedule now, whatever its slots, pause and overlap policy say.
   *
   * @param who asks for it
   * @return the id of the job; empty when there is no schedule of this name
   */
  public Optional<JobId> run(String name, String who) {
    JobId job = JobId.next();
    Optional<Schedule> decided = change(name, (seen, now) -> seen.withRun(job, who, now));
    decided.ifPresent(schedule ->
        enqueuer.carryOut(List.of(schedule), Objects.requireNonNull(schedule.decided())));
    return decided.map(_ -> job);
  }

  /**
   * Computes the coming slots of a schedule, as if it were not paused.
   *
   * @param count how many at most
   */
  public List<Instant> upcoming(Schedule schedule, int count) {
    List<Instant> slots = new ArrayList<>();
    Instant slot = schedule.next();
    while (slot != null && slots.size() < count) {
      slots.add(slot);
      slot = schedule.after(slot, times);
    }
    return slots;
  }

  /**
   * Computes the first slots that a definition would have if it were stored now.
   *
   * @param count how many at most
   * @throws InvalidScheduleException when a field is wrong
   */
  public List<Instant> preview(ScheduleDefinition definition, int count) {
    check(definition);
    return upcoming(Schedule.of(definition, API, times, store.now()), count);
  }

  private Optional<Schedule> change(String name, BiFunction<Schedule, Instant, Schedule> step) {
    Instant now = store.now();
    for (int i = 0; i < TRIES; i++) {
      Optional<Schedule> seen = store.find(name);
      if (seen.isEmpty()) {
        return seen;
      }
      Schedule changed = step.apply(seen.get(), now);
      if (changed.equals(seen.get())) {
        return seen;
      }
      if (isReplaced(changed)) {
        return Optional.of(changed.stored());
      }
    }
    throw busy(name);
  }

  private boolean isReplaced(Schedule changed) {
    return store.replace(List.of(changed)).contains(changed.name());
  }

  private static void requireOwner(Schedule schedule, String owner) {
    if (!schedule.owner().equals(owner)) {
      throw new ScheduleOwnedException(schedule.name(), schedule.owner());
    }
  }

  private static StoreUnavailableException busy(String name) {
    return new StoreUnavailableException(
        "The schedule '%s' is changed by others too often at the moment; try again".formatted(name),
        null);
  }
}
