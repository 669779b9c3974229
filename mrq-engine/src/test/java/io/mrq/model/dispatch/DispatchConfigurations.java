package io.mrq.model.dispatch;

import static io.mrq.model.Invariant.ACCEPTED_JOB_CAN_END;
import static io.mrq.model.Invariant.ATTEMPT_COMMITS_ONCE;
import static io.mrq.model.Invariant.ATTEMPT_RUNS_ONCE;
import static io.mrq.model.Invariant.CANCELLED_JOB_NEVER_STARTS;
import static io.mrq.model.Invariant.FINAL_STATUS_STAYS;
import static io.mrq.model.Invariant.LIVE_WORKER_KEEPS_ITS_JOBS;
import static io.mrq.model.Invariant.LOST_WORKER_CLAIMS_NOTHING;
import static io.mrq.model.Invariant.STALE_ATTEMPT_COMMITS_NOTHING;
import static io.mrq.model.Invariant.STORED_OUTCOME_IS_KNOWN;
import static io.mrq.model.dispatch.Fault.CLAIM_REPLY_LOST;
import static io.mrq.model.dispatch.Fault.OUTCOME_REPLY_LOST;
import static io.mrq.model.dispatch.Fault.REDIS_FLUSHED;
import static io.mrq.model.dispatch.Fault.RESCUER_PAUSED;
import static io.mrq.model.dispatch.Fault.WORKER_CUT_FROM_REDIS;
import static io.mrq.model.dispatch.Fault.WORKER_KILLED;
import static io.mrq.model.dispatch.Fault.WORKER_PAUSED;
import static io.mrq.model.dispatch.Setup.ClaimedSet.IGNORED_BY_RECONCILER;
import static io.mrq.model.dispatch.Setup.firstDesign;
import static io.mrq.model.dispatch.Setup.protocol;

import io.mrq.model.Configuration;
import io.mrq.model.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The searches through the model of dispatch. */
public final class DispatchConfigurations {
  private final List<Configuration> all = new ArrayList<>();

  private DispatchConfigurations() {}

  /** All of them. */
  public static List<Configuration> all() {
    DispatchConfigurations made = new DispatchConfigurations();
    made.theProtocol();
    made.oneRuleLess();
    made.theFirstDesign();
    return made.all;
  }

  private void add(String name, Setup setup, int states, long steps, Invariant... broken) {
    all.add(
        new Configuration(
            "dispatch",
            name,
            () -> new DispatchModel(setup),
            setup.stopsAtFirst,
            Set.of(broken),
            states,
            steps));
  }

  private void theProtocol() {
    add("2 jobs, 1 fault", protocol().jobs(2).faults(1).singleOffers(), 121_639, 736_166);
    add(
        "1 job, 2 faults, 2 events, doubled offers",
        protocol().faults(2).events(2),
        1_152_953,
        7_198_033);
    add(
        "2 jobs, 1 fault, 1 event",
        protocol().jobs(2).faults(1).events(1).singleOffers(),
        1_550_427,
        10_258_304);
    add(
        "2 jobs, 2 faults of workers, Redis and replies",
        protocol()
            .jobs(2)
            .faults(
                2,
                WORKER_KILLED,
                WORKER_PAUSED,
                REDIS_FLUSHED,
                CLAIM_REPLY_LOST,
                OUTCOME_REPLY_LOST)
            .singleOffers(),
        2_188_898,
        13_035_634);
    add(
        "1 job, 3 faults, 2 events",
        protocol().faults(3).events(2).singleOffers(),
        4_566_433,
        28_663_946);
  }

  private static Setup small() {
    return protocol().faults(1).events(1);
  }

  private static Setup large() {
    return protocol().faults(2).events(1);
  }

  private void oneRuleLess() {
    add(
        "a claim that does not ask for the status",
        small().without(Rule.CLAIM_ASKS_FOR_QUEUED),
        811_437,
        5_098_835,
        CANCELLED_JOB_NEVER_STARTS,
        FINAL_STATUS_STAYS);
    add(
        "claimed jobs found by worker and not by token",
        large().without(Rule.FIND_BY_TOKEN),
        373_932,
        2_167_086,
        ATTEMPT_RUNS_ONCE);
    add(
        "a claim after an old beat",
        protocol()
            .faults(1, WORKER_PAUSED)
            .events(1, Event.FORCED_REQUEUE)
            .without(Rule.FRESH_BEAT_BEFORE_CLAIM)
            .stopAtFirst(),
        2_741,
        10_705,
        LOST_WORKER_CLAIMS_NOTHING);
    add(
        "an outcome fenced by the id alone",
        small()
            .without(
                Rule.FENCE_ASKS_FOR_STARTED, Rule.FENCE_ASKS_FOR_WORKER, Rule.FENCE_ASKS_FOR_CLAIM),
        36_589,
        215_994,
        ATTEMPT_COMMITS_ONCE,
        FINAL_STATUS_STAYS,
        STALE_ATTEMPT_COMMITS_NOTHING);
    add(
        "an outcome fenced by the worker and not by the claim",
        small().without(Rule.FENCE_ASKS_FOR_CLAIM),
        30_194,
        169_702,
        ATTEMPT_COMMITS_ONCE,
        STALE_ATTEMPT_COMMITS_NOTHING);
    add(
        "an unclear outcome that is not looked up",
        large().without(Rule.UNCLEAR_OUTCOME_IS_LOOKED_UP),
        283_462,
        1_658_420,
        STORED_OUTCOME_IS_KNOWN);
    add("no audit", large().without(Rule.AUDIT), 245_365, 1_421_170, ACCEPTED_JOB_CAN_END);
    add("no reconciler", large().without(Rule.RECONCILER), 20_883, 90_188, ACCEPTED_JOB_CAN_END);
    add(
        "beats in Redis",
        large().without(Rule.BEAT_IN_MONGODB),
        517_081,
        2_790_214,
        LIVE_WORKER_KEEPS_ITS_JOBS,
        LOST_WORKER_CLAIMS_NOTHING);
    add(
        "a rescuer with a clock that is paused",
        large().without(Rule.COUNTED_READS_AND_COMPARE_AND_SET),
        526_926,
        3_335_649,
        LIVE_WORKER_KEEPS_ITS_JOBS);
    add(
        "a verdict without compare-and-set",
        protocol()
            .faults(2, WORKER_KILLED, WORKER_PAUSED)
            .without(Rule.COUNTED_READS_AND_COMPARE_AND_SET),
        50_207,
        275_681,
        LIVE_WORKER_KEEPS_ITS_JOBS);
  }

  private void theFirstDesign() {
    add("the first design, no fault", firstDesign(), 77, 347, ATTEMPT_RUNS_ONCE);
    add(
        "the first design, a worker is killed",
        firstDesign().faults(1, WORKER_KILLED),
        467,
        1_647,
        ACCEPTED_JOB_CAN_END,
        ATTEMPT_RUNS_ONCE);
    add(
        "the first design, the reply to a claim is lost",
        firstDesign().faults(1, CLAIM_REPLY_LOST),
        100,
        445,
        ACCEPTED_JOB_CAN_END,
        ATTEMPT_RUNS_ONCE);
    add(
        "the first design, the reply to an outcome is lost",
        firstDesign().faults(1, OUTCOME_REPLY_LOST),
        131,
        628,
        STORED_OUTCOME_IS_KNOWN,
        ATTEMPT_RUNS_ONCE);
    add(
        "the first design, the rescuer is paused",
        firstDesign().faults(1, RESCUER_PAUSED),
        852,
        4_448,
        LIVE_WORKER_KEEPS_ITS_JOBS,
        ATTEMPT_RUNS_ONCE);
    add(
        "the first design, a worker is cut off from Redis",
        firstDesign().faults(1, WORKER_CUT_FROM_REDIS),
        2_475,
        11_027,
        LIVE_WORKER_KEEPS_ITS_JOBS,
        ATTEMPT_RUNS_ONCE);
    add(
        "the first design, a worker is paused",
        firstDesign().faults(1, WORKER_PAUSED),
        2_137,
        10_138,
        ACCEPTED_JOB_CAN_END,
        LIVE_WORKER_KEEPS_ITS_JOBS,
        ATTEMPT_RUNS_ONCE);
    add(
        "the first design, Redis is flushed",
        firstDesign().faults(1, REDIS_FLUSHED),
        689,
        3_638,
        ATTEMPT_RUNS_ONCE);
    add(
        "the first design, 2 jobs, 1 fault, 1 event",
        firstDesign().jobs(2).faults(1).events(1).singleOffers(),
        294_051,
        1_712_601,
        ACCEPTED_JOB_CAN_END,
        STORED_OUTCOME_IS_KNOWN,
        LIVE_WORKER_KEEPS_ITS_JOBS,
        ATTEMPT_RUNS_ONCE);
    add(
        "the first design, the reconciler does not trust the claimed set",
        firstDesign()
            .claimedSet(IGNORED_BY_RECONCILER)
            .faults(2, WORKER_KILLED, WORKER_PAUSED, REDIS_FLUSHED),
        112_537,
        634_539,
        LIVE_WORKER_KEEPS_ITS_JOBS,
        ATTEMPT_RUNS_ONCE);
    add(
        "the first design, an outcome fenced by the worker and not by the claim",
        firstDesign().faults(1).events(1).without(Rule.FENCE_ASKS_FOR_CLAIM),
        52_701,
        280_909,
        ACCEPTED_JOB_CAN_END,
        STORED_OUTCOME_IS_KNOWN,
        LIVE_WORKER_KEEPS_ITS_JOBS,
        STALE_ATTEMPT_COMMITS_NOTHING,
        ATTEMPT_RUNS_ONCE,
        ATTEMPT_COMMITS_ONCE);
  }
}
