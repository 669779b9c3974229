package io.mrq.engine.schedule;

import io.mrq.engine.maintenance.MaintenanceDuty;
import io.mrq.schedule.InvalidScheduleException;
import io.mrq.schedule.ScheduleDefinition;
import io.mrq.schedule.ScheduleStore;
import io.mrq.schedule.Schedules;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the schedules of Python MRQ: once a minute it makes ours like them. It is for systems
 * in which no Python scheduler runs any more, or each slot would be enqueued by both.
 */
public final class PythonScheduleTaker implements MaintenanceDuty {
  /** The owner of what is taken over. */
  public static final String OWNER = "python";

  private static final Logger log = LoggerFactory.getLogger(PythonScheduleTaker.class);
  private static final Duration PERIOD = Duration.ofMinutes(1);

  private final ScheduleStore store;
  private final Schedules schedules;

  public PythonScheduleTaker(ScheduleStore store, Schedules schedules) {
    this.store = store;
    this.schedules = schedules;
  }

  @Override
  public String name() {
    return "python-schedules";
  }

  @Override
  public Duration pass() {
    List<ScheduleDefinition> legal = store.ofPython().stream().filter(this::isLegal).toList();
    schedules.declare(legal, OWNER);
    return PERIOD;
  }

  private boolean isLegal(ScheduleDefinition definition) {
    try {
      schedules.check(definition);
      return true;
    } catch (InvalidScheduleException e) {
      log.warn(
          "The schedule of {} in mrq_scheduled_jobs is not taken over: {}",
          definition.path(),
          e.getMessage());
      return false;
    }
  }
}
