package io.mrq.model.dispatch;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a configuration starts with; the workers are two, with two slots each. */
final class Setup {
  final Set<Rule> rules;
  ClaimedSet claimedSet;
  int jobs = 1;
  int faults;
  Set<Fault> faultKinds = EnumSet.allOf(Fault.class);
  int events;
  Set<Event> eventKinds = EnumSet.allOf(Event.class);

  /** Whether the reconciler may offer a job while another offer is on its way. */
  boolean doubledOffers = true;

  boolean stopsAtFirst;

  /** The set of claimed ids that the first design had and that the protocol does without. */
  enum ClaimedSet {
    NONE,
    TRUSTED_BY_RECONCILER,
    IGNORED_BY_RECONCILER
  }

  private Setup(Set<Rule> rules, ClaimedSet claimedSet) {
    this.rules = rules;
    this.claimedSet = claimedSet;
  }

  /** The protocol as it is: all rules, and no set of claimed ids. */
  static Setup protocol() {
    return new Setup(EnumSet.allOf(Rule.class), ClaimedSet.NONE);
  }

  /** The first design: a set of claimed ids in Redis, beats in Redis, a rescuer with a clock. */
  static Setup firstDesign() {
    return new Setup(
        EnumSet.of(
            Rule.CLAIM_ASKS_FOR_QUEUED,
            Rule.FENCE_ASKS_FOR_STARTED,
            Rule.FENCE_ASKS_FOR_WORKER,
            Rule.FENCE_ASKS_FOR_CLAIM,
            Rule.RECONCILER),
        ClaimedSet.TRUSTED_BY_RECONCILER);
  }

  Setup without(Rule... left) {
    rules.removeAll(List.of(left));
    return this;
  }

  Setup claimedSet(ClaimedSet kind) {
    claimedSet = kind;
    return this;
  }

  Setup jobs(int number) {
    jobs = number;
    return this;
  }

  /** So many faults, of any kind. */
  Setup faults(int number) {
    faults = number;
    return this;
  }

  /** So many faults, of these kinds. */
  Setup faults(int number, Fault... kinds) {
    faults = number;
    faultKinds = EnumSet.copyOf(List.of(kinds));
    return this;
  }

  /** So many events, of any kind. */
  Setup events(int number) {
    events = number;
    return this;
  }

  /** So many events, of these kinds. */
  Setup events(int number, Event... kinds) {
    events = number;
    eventKinds = EnumSet.copyOf(List.of(kinds));
    return this;
  }

  Setup singleOffers() {
    doubledOffers = false;
    return this;
  }

  Setup stopAtFirst() {
    stopsAtFirst = true;
    return this;
  }
}
