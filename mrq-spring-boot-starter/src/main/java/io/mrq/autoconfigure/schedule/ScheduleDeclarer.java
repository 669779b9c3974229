package io.mrq.autoconfigure.schedule;

import io.mrq.autoconfigure.lifecycle.BackgroundLifecycle;
import io.mrq.engine.loop.Loop;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.Schedules;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Declares the schedules of the application when it starts, in the background, and tries again
 * until MongoDB is there. A wrong one ends the start, before any job has run.
 */
public final class ScheduleDeclarer extends BackgroundLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ScheduleDeclarer.class);
  private static final Duration NEVER_AGAIN = Duration.ofDays(36_500);

  private final DeclaredSchedules declared;
  private final Schedules schedules;
  private final String owner;
  private volatile @Nullable Loop loop;

  ScheduleDeclarer(DeclaredSchedules declared, Schedules schedules, String owner) {
    super(COUNTS);
    this.declared = declared;
    this.schedules = schedules;
    this.owner = owner;
  }

  @Override
  protected void begin() {
    Collection<ScheduleDefinition> all = declared.all();
    Loop fresh = new Loop("mrq-schedules", () -> declare(all));
    loop = fresh;
    fresh.start();
  }

  /**
   * Declares them now, in the calling thread, for tests that begin with empty stores.
   *
   * @throws io.mrq.store.StoreUnavailableException when MongoDB does not answer
   */
  public void declare() {
    declare(declared.all());
  }

  private Duration declare(Collection<ScheduleDefinition> all) {
    Schedules.Declared answer = schedules.declare(all, owner);
    if (!answer.refused().isEmpty()) {
      log.error(
          "The schedules {} are not declared by '{}', because somebody else has defined schedules of these names; they stay as they are. Choose other names, or delete those.",
          answer.refused(),
          owner);
    }
    if (!answer.left().isEmpty()) {
      log.warn(
          "'{}' declares no schedules any more, but declared {} earlier. They go on: delete them by the API or the dashboard if that is meant.",
          owner,
          answer.left());
    }
    return NEVER_AGAIN;
  }

  @Override
  protected void end() {
    Loop running = loop;
    if (running != null) {
      running.stop();
    }
  }
}
