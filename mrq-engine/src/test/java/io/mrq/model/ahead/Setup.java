package io.mrq.model.ahead;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a configuration starts with: two jobs, two workers with one slot, each of which may hold one
 * job more.
 */
final class Setup {
  static final int JOBS = 2;
  static final int WORKERS = 2;
  static final int SLOTS = 1;
  static final int HELD = 1;

  final Set<Rule> rules = EnumSet.allOf(Rule.class);
  final Set<Fault> faultKinds = EnumSet.noneOf(Fault.class);
  final Set<Event> eventKinds = EnumSet.noneOf(Event.class);

  /** Whether an outcome and the next claim go in one command. */
  final boolean oneTrip;

  int faults;
  int events;
  boolean faultsHitOnlyWorker0;
  boolean stopsAtFirst;

  private Setup(boolean oneTrip) {
    this.oneTrip = oneTrip;
  }

  static Setup twoTrips() {
    return new Setup(false);
  }

  static Setup oneTrip() {
    return new Setup(true);
  }

  Setup faults(int number, Fault... kinds) {
    faults = number;
    faultKinds.addAll(Set.of(kinds));
    return this;
  }

  Setup events(int number, Event... kinds) {
    events = number;
    eventKinds.addAll(Set.of(kinds));
    return this;
  }

  Setup onlyWorker0() {
    faultsHitOnlyWorker0 = true;
    return this;
  }

  Setup without(Rule... left) {
    rules.removeAll(Set.of(left));
    return this;
  }

  Setup stopAtFirst() {
    stopsAtFirst = true;
    return this;
  }

  boolean keeps(Rule rule) {
    return rules.contains(rule);
  }
}
