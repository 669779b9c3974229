package io.mrq.model.raw;

import static io.mrq.model.Invariant.ACCEPTED_JOB_CAN_END;
import static io.mrq.model.Invariant.PARAM_ENDS_ONCE;
import static io.mrq.model.raw.Fault.ACKNOWLEDGE_REPLY_LOST;
import static io.mrq.model.raw.Fault.INSERT_REPLY_LOST;
import static io.mrq.model.raw.Fault.REDIS_FORGETS_LAST_WRITE;
import static io.mrq.model.raw.Fault.TAKE_REPLY_LOST;
import static io.mrq.model.raw.Fault.WORKER_KILLED;
import static io.mrq.model.raw.Fault.WORKER_PAUSED;
import static io.mrq.model.raw.Setup.stored;
import static io.mrq.model.raw.Setup.withoutStorage;

import io.mrq.model.Configuration;
import io.mrq.model.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The searches through the model of raw queues. */
public final class RawConfigurations {
  private static final Fault[] ALL = {
    WORKER_KILLED, WORKER_PAUSED, TAKE_REPLY_LOST, ACKNOWLEDGE_REPLY_LOST, INSERT_REPLY_LOST
  };

  private final List<Configuration> all = new ArrayList<>();

  private RawConfigurations() {}

  /** All of them. */
  public static List<Configuration> all() {
    RawConfigurations made = new RawConfigurations();
    made.theDesign();
    made.oneRuleLess();
    return made.all;
  }

  private void add(String name, Setup setup, int states, long steps, Invariant... broken) {
    all.add(
        new Configuration(
            "raw queues",
            name,
            () -> new RawModel(setup),
            setup.stopsAtFirst,
            Set.of(broken),
            states,
            steps));
  }

  private void theDesign() {
    add(
        "without storage, 2 params, 2 faults of one worker, a failure",
        withoutStorage().params(2).faults(2, ALL).failures(1).onlyWorker0(),
        10_680,
        26_040);
    add(
        "without storage, 2 faults of each worker, a failure",
        withoutStorage().faults(2, ALL).failures(1),
        3_558,
        8_966);
    add(
        "stored, 2 params, 2 faults of one worker",
        stored().params(2).faults(2, ALL).onlyWorker0(),
        8_729,
        21_752);
    add("stored, 2 faults of each worker", stored().faults(2, ALL), 2_823, 6_928);
  }

  private void oneRuleLess() {
    add(
        "stored, the acknowledgement decides who runs",
        stored().faults(1, WORKER_PAUSED).without(Rule.TOMBSTONE, Rule.INSERT_DECIDES),
        448,
        938,
        ACCEPTED_JOB_CAN_END,
        PARAM_ENDS_ONCE);
    add(
        "a param returned without a tombstone",
        withoutStorage().faults(1, WORKER_PAUSED).failures(1).without(Rule.TOMBSTONE).stopAtFirst(),
        294,
        535,
        PARAM_ENDS_ONCE);
    add(
        "an outcome acknowledged before it is stored",
        withoutStorage()
            .faults(1, WORKER_KILLED)
            .failures(1)
            .without(Rule.STORE_BEFORE_ACKNOWLEDGE),
        68,
        82,
        ACCEPTED_JOB_CAN_END);
    add(
        "no audit of the in-flight hash",
        withoutStorage().faults(1, TAKE_REPLY_LOST).without(Rule.AUDIT),
        8,
        8,
        ACCEPTED_JOB_CAN_END);
    add(
        "a plain pop, no in-flight hash",
        withoutStorage().faults(1, WORKER_KILLED).without(Rule.IN_FLIGHT_HASH),
        16,
        24,
        ACCEPTED_JOB_CAN_END);
    add(
        "Redis forgets a write, which is not promised against",
        withoutStorage().faults(1, REDIS_FORGETS_LAST_WRITE).stopAtFirst(),
        41,
        58,
        PARAM_ENDS_ONCE);
  }
}
