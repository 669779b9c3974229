package io.mrq.model.ahead;

import static io.mrq.model.Invariant.ACCEPTED_JOB_CAN_END;
import static io.mrq.model.Invariant.AUDIT_KNOWS_HELD_JOBS;
import static io.mrq.model.Invariant.LOST_OUTCOME_IS_KNOWN;
import static io.mrq.model.Invariant.RESCUED_JOB_IS_NOT_STARTED;
import static io.mrq.model.Invariant.RETURNED_JOB_IS_NOT_STARTED;
import static io.mrq.model.ahead.Event.BODY_HANGS;
import static io.mrq.model.ahead.Event.CANCEL;
import static io.mrq.model.ahead.Event.FORCED_REQUEUE;
import static io.mrq.model.ahead.Fault.CLAIM_REPLY_LOST;
import static io.mrq.model.ahead.Fault.OUTCOME_REPLY_LOST;
import static io.mrq.model.ahead.Fault.RETURN_REPLY_LOST;
import static io.mrq.model.ahead.Fault.TRIP_REPLY_LOST;
import static io.mrq.model.ahead.Fault.WORKER_KILLED;
import static io.mrq.model.ahead.Fault.WORKER_PAUSED;
import static io.mrq.model.ahead.Setup.oneTrip;
import static io.mrq.model.ahead.Setup.twoTrips;

import io.mrq.model.Configuration;
import io.mrq.model.Invariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The searches through the model of holding ahead. */
public final class AheadConfigurations {
  private final List<Configuration> all = new ArrayList<>();

  private AheadConfigurations() {}

  /** All of them. */
  public static List<Configuration> all() {
    AheadConfigurations made = new AheadConfigurations();
    made.theDesign();
    made.oneRuleLess();
    return made.all;
  }

  private void add(String name, Setup setup, int states, long steps, Invariant... broken) {
    all.add(
        new Configuration(
            "holding ahead",
            name,
            () -> new AheadModel(setup),
            setup.stopsAtFirst,
            Set.of(broken),
            states,
            steps));
  }

  private void theDesign() {
    add(
        "1 fault, a body hangs",
        twoTrips()
            .faults(
                1,
                WORKER_KILLED,
                WORKER_PAUSED,
                CLAIM_REPLY_LOST,
                OUTCOME_REPLY_LOST,
                RETURN_REPLY_LOST)
            .events(1, BODY_HANGS)
            .onlyWorker0(),
        43_408,
        175_170);
    add(
        "a cancel or a forced requeue",
        twoTrips().events(1, FORCED_REQUEUE, CANCEL),
        14_934,
        65_154);
    add(
        "a reply is lost, a forced requeue",
        twoTrips()
            .faults(1, RETURN_REPLY_LOST, OUTCOME_REPLY_LOST)
            .events(1, FORCED_REQUEUE)
            .onlyWorker0(),
        101_486,
        482_948);
    add(
        "a worker is killed or paused, twice",
        twoTrips().faults(2, WORKER_KILLED, WORKER_PAUSED).onlyWorker0(),
        483_762,
        2_492_873);
    add(
        "finish and claim in one trip, 1 fault, 1 event",
        oneTrip()
            .faults(1, WORKER_KILLED, WORKER_PAUSED, TRIP_REPLY_LOST, OUTCOME_REPLY_LOST)
            .events(1, FORCED_REQUEUE, CANCEL)
            .onlyWorker0()
            .without(Rule.HELD_JOBS_ARE_GIVEN_BACK),
        507_011,
        1_806_185);
  }

  private void oneRuleLess() {
    add(
        "held jobs are not given back",
        twoTrips().events(1, BODY_HANGS).without(Rule.HELD_JOBS_ARE_GIVEN_BACK),
        277,
        626,
        ACCEPTED_JOB_CAN_END);
    add(
        "a job started though its giving back is unclear",
        twoTrips()
            .faults(1, RETURN_REPLY_LOST)
            .without(Rule.UNCLEAR_RETURN_IS_ASKED_FOR)
            .stopAtFirst(),
        27,
        31,
        RETURNED_JOB_IS_NOT_STARTED);
    add(
        "a held job started after an old beat",
        twoTrips().faults(1, WORKER_PAUSED).without(Rule.START_NEEDS_FRESH_BEAT).stopAtFirst(),
        811,
        1_744,
        RESCUED_JOB_IS_NOT_STARTED);
    add(
        "an audit that does not know held jobs",
        twoTrips().without(Rule.AUDIT_KNOWS_HELD_JOBS).stopAtFirst(),
        10,
        12,
        AUDIT_KNOWS_HELD_JOBS);
    add(
        "the answer to one trip taken apart by subtraction",
        oneTrip()
            .events(2, FORCED_REQUEUE)
            .without(Rule.TRIP_COUNTS_ARE_NOT_SUBTRACTED)
            .stopAtFirst(),
        2_902,
        7_754,
        LOST_OUTCOME_IS_KNOWN);
  }
}
