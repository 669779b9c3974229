package io.mrq.model.dispatch;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a configuration starts with.
 *
 * @param rules the rules that are kept
 * @param claimedSet which first-design set of claimed ids Redis keeps beside the ready set
 * @param jobs how many jobs there are; the workers are always two
 * @param faults how many faults may happen
 * @param events how many events may happen
 * @param doubledOffers whether the reconciler may offer a job while another offer is on its way
 * @param stopsAtFirst whether the search stops at the first broken invariant
 */
record Setup(
    Set<Rule> rules,
    ClaimedSet claimedSet,
    int jobs,
    int faults,
    Set<Fault> faultKinds,
    int events,
    Set<Event> eventKinds,
    boolean doubledOffers,
    boolean stopsAtFirst) {

  /** The set of claimed ids that the first design had and that the protocol does without. */
  enum ClaimedSet {
    NONE,
    TRUSTED_BY_RECONCILER,
    IGNORED_BY_RECONCILER
  }

  /** The protocol as it is: all rules, and no set of claimed ids. */
  static Setup protocol() {
    return of(EnumSet.allOf(Rule.class), ClaimedSet.NONE);
  }

  /** The first design: a set of claimed ids in Redis, beats in Redis, a rescuer with a clock. */
  static Setup firstDesign() {
    return of(
        EnumSet.of(
            Rule.CLAIM_ASKS_FOR_QUEUED,
            Rule.FENCE_ASKS_FOR_STARTED,
            Rule.FENCE_ASKS_FOR_WORKER,
            Rule.FENCE_ASKS_FOR_CLAIM,
            Rule.RECONCILER),
        ClaimedSet.TRUSTED_BY_RECONCILER);
  }

  private static Setup of(Set<Rule> rules, ClaimedSet claimedSet) {
    return new Setup(
        rules,
        claimedSet,
        1,
        0,
        EnumSet.allOf(Fault.class),
        0,
        EnumSet.allOf(Event.class),
        true,
        false);
  }

  Setup without(Rule... left) {
    Set<Rule> kept = EnumSet.copyOf(rules);
    kept.removeAll(Set.of(left));
    return new Setup(
        kept,
        claimedSet,
        jobs,
        faults,
        faultKinds,
        events,
        eventKinds,
        doubledOffers,
        stopsAtFirst);
  }

  Setup claimedSet(ClaimedSet kind) {
    return new Setup(
        rules, kind, jobs, faults, faultKinds, events, eventKinds, doubledOffers, stopsAtFirst);
  }

  Setup jobs(int number) {
    return new Setup(
        rules,
        claimedSet,
        number,
        faults,
        faultKinds,
        events,
        eventKinds,
        doubledOffers,
        stopsAtFirst);
  }

  Setup faults(int number) {
    return new Setup(
        rules,
        claimedSet,
        jobs,
        number,
        faultKinds,
        events,
        eventKinds,
        doubledOffers,
        stopsAtFirst);
  }

  Setup faults(int number, Fault... kinds) {
    return new Setup(
        rules,
        claimedSet,
        jobs,
        number,
        Set.of(kinds),
        events,
        eventKinds,
        doubledOffers,
        stopsAtFirst);
  }

  Setup events(int number) {
    return new Setup(
        rules,
        claimedSet,
        jobs,
        faults,
        faultKinds,
        number,
        eventKinds,
        doubledOffers,
        stopsAtFirst);
  }

  Setup events(int number, Event... kinds) {
    return new Setup(
        rules,
        claimedSet,
        jobs,
        faults,
        faultKinds,
        number,
        Set.of(kinds),
        doubledOffers,
        stopsAtFirst);
  }

  Setup singleOffers() {
    return new Setup(
        rules, claimedSet, jobs, faults, faultKinds, events, eventKinds, false, stopsAtFirst);
  }

  Setup stopAtFirst() {
    return new Setup(
        rules, claimedSet, jobs, faults, faultKinds, events, eventKinds, doubledOffers, true);
  }
}
