package io.mrq.model.lane;

import static io.mrq.model.Invariant.ACCEPTED_JOB_CAN_END;
import static io.mrq.model.Invariant.BODIES_WITHIN_LIMIT;
import static io.mrq.model.Invariant.BODY_HAS_A_PERMIT;
import static io.mrq.model.Invariant.PERMITS_WITHIN_LIMIT;
import static io.mrq.model.lane.Fault.ACQUIRE_GIVEN_UP;
import static io.mrq.model.lane.Fault.ACQUIRE_LATE;
import static io.mrq.model.lane.Fault.ACQUIRE_REPLY_LOST;
import static io.mrq.model.lane.Fault.CLAIM_REPLY_LOST;
import static io.mrq.model.lane.Fault.OPENING_LOST;
import static io.mrq.model.lane.Fault.REDIS_FLUSHED;
import static io.mrq.model.lane.Fault.RELEASE_REPLY_LOST;
import static io.mrq.model.lane.Fault.WORKER_KILLED;
import static io.mrq.model.lane.Fault.WORKER_PAUSED;
import static io.mrq.model.lane.Setup.jobs;

import io.mrq.model.Configuration;
import io.mrq.model.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The searches through the model of lanes. */
public final class LaneConfigurations {
  private final List<Configuration> all = new ArrayList<>();

  private LaneConfigurations() {}

  /** All of them. */
  public static List<Configuration> all() {
    LaneConfigurations made = new LaneConfigurations();
    made.theDesign();
    made.permits();
    made.closedLanes();
    return made.all;
  }

  private void add(String name, Setup setup, int states, long steps, Invariant... broken) {
    all.add(
        new Configuration(
            "lanes",
            name,
            () -> new LaneModel(setup),
            setup.stopsAtFirst,
            Set.of(broken),
            states,
            steps));
  }

  private void theDesign() {
    add(
        "2 faults of one worker",
        jobs(2, 1).faults(2, Fault.values()).onlyWorker0(),
        1_211_669,
        5_400_236);
    add(
        "1 fault of each worker, 1 event",
        jobs(2, 1)
            .faults(1, Fault.values())
            .events(
                1, Event.BODY_IGNORES_INTERRUPT, Event.RETRY, Event.CANCEL, Event.FORCED_REQUEUE),
        485_649,
        1_961_650);
    add(
        "1 fault, doubled ids",
        jobs(2, 1)
            .faults(1, WORKER_KILLED, ACQUIRE_REPLY_LOST, CLAIM_REPLY_LOST, REDIS_FLUSHED)
            .onlyWorker0()
            .doubledIds(),
        112_241,
        466_667);
    add(
        "3 jobs, a limit of 2, 1 fault",
        jobs(3, 2)
            .faults(1, WORKER_KILLED, WORKER_PAUSED, ACQUIRE_LATE, RELEASE_REPLY_LOST)
            .onlyWorker0(),
        428_858,
        1_691_150);
    add(
        "a limit that changes, 3 jobs, 1 fault",
        jobs(3, 2)
            .faults(1, WORKER_KILLED, ACQUIRE_LATE, ACQUIRE_REPLY_LOST)
            .events(2, Event.LOWER_LIMIT, Event.RAISE_LIMIT)
            .onlyWorker0(),
        424_743,
        1_814_401);
  }

  private Setup paused() {
    return jobs(2, 1).faults(1, WORKER_PAUSED).onlyWorker0().stopAtFirst();
  }

  private void permits() {
    add(
        "permits of a lost worker taken without grace",
        paused().without(Rule.GRACE_FOR_PERMITS),
        4_187,
        10_359,
        BODIES_WITHIN_LIMIT);
    add(
        "permits of former ids taken",
        paused().without(Rule.FORMER_IDS_KEEP_PERMITS),
        4_547,
        11_414,
        BODIES_WITHIN_LIMIT);
    add(
        "a permit given back with the outcome",
        jobs(2, 1)
            .events(1, Event.BODY_IGNORES_INTERRUPT)
            .without(Rule.RELEASE_AFTER_BODY)
            .stopAtFirst(),
        349,
        615,
        BODIES_WITHIN_LIMIT);
    add(
        "a permit given back by job and not by token",
        jobs(2, 1)
            .faults(1, RELEASE_REPLY_LOST)
            .events(1, Event.RETRY)
            .onlyWorker0()
            .without(Rule.RELEASE_BY_TOKEN)
            .stopAtFirst(),
        973,
        1_837,
        BODY_HAS_A_PERMIT);
    add(
        "an audit that ignores what is on its way",
        jobs(2, 1).without(Rule.CLAIMS_ON_THEIR_WAY_ARE_KNOWN).stopAtFirst(),
        38,
        46,
        BODY_HAS_A_PERMIT);
    add(
        "a body started after an old beat",
        paused().without(Rule.START_NEEDS_FRESH_BEAT),
        1_207,
        2_553,
        BODY_HAS_A_PERMIT);
    add(
        "an acquire that trusts the worker's memory of the limit",
        jobs(2, 2).events(1, Event.LOWER_LIMIT).without(Rule.ACQUIRE_ASKS_FOR_MAX).stopAtFirst(),
        55,
        79,
        PERMITS_WITHIN_LIMIT);
    add(
        "no audit of permits",
        jobs(2, 1).faults(1, ACQUIRE_GIVEN_UP).onlyWorker0().without(Rule.AUDIT_OF_PERMITS),
        482,
        937,
        ACCEPTED_JOB_CAN_END);
    add(
        "no rescue of permits",
        jobs(2, 1).faults(1, WORKER_KILLED).onlyWorker0().without(Rule.RESCUE_OF_PERMITS),
        1_029,
        2_507,
        ACCEPTED_JOB_CAN_END);
  }

  private void closedLanes() {
    add(
        "a lane closed without a second look",
        jobs(2, 1).without(Rule.SECOND_LOOK, Rule.RECONCILER_OPENS_LANES),
        170,
        282,
        ACCEPTED_JOB_CAN_END);
    add("a second look alone, no fault", jobs(2, 1).without(Rule.RECONCILER_OPENS_LANES), 269, 505);
    add(
        "no reconciler of closed lanes",
        jobs(2, 1).faults(1, OPENING_LOST).without(Rule.RECONCILER_OPENS_LANES),
        323,
        613,
        ACCEPTED_JOB_CAN_END);
  }
}
