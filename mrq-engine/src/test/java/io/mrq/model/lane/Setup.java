package io.mrq.model.lane;

import java.util.EnumSet;
import java.util.Set;

/** What a configuration starts with; the workers are two, with one slot each. */
final class Setup {
  final Set<Rule> rules = EnumSet.allOf(Rule.class);
  final Set<Fault> faultKinds = EnumSet.noneOf(Fault.class);
  final Set<Event> eventKinds = EnumSet.noneOf(Event.class);
  final int jobs;
  final int limit;
  int faults;
  int events;
  boolean faultsHitOnlyWorker0;

  /** Whether the reconciler may offer a job that a worker has just taken. */
  boolean doubledIds;

  boolean stopsAtFirst;

  private Setup(int jobs, int limit) {
    this.jobs = jobs;
    this.limit = limit;
  }

  /** Jobs of one lane, which may run so many bodies. */
  static Setup jobs(int number, int limit) {
    return new Setup(number, limit);
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

  Setup doubledIds() {
    doubledIds = true;
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
