package io.mrq.model.raw;

import java.util.EnumSet;
import java.util.Set;

/** What a configuration starts with; the workers are two, with one slot each. */
final class Setup {
  final Set<Rule> rules = EnumSet.allOf(Rule.class);
  final Set<Fault> faultKinds = EnumSet.noneOf(Fault.class);

  /** Whether a param becomes a document before it runs. */
  final boolean storage;

  int params = 1;
  int faults;

  /** How many bodies may fail, whose outcome is to be stored. */
  int failures;

  boolean faultsHitOnlyWorker0;
  boolean stopsAtFirst;

  private Setup(boolean storage) {
    this.storage = storage;
  }

  static Setup stored() {
    return new Setup(true);
  }

  static Setup withoutStorage() {
    return new Setup(false);
  }

  Setup params(int number) {
    params = number;
    return this;
  }

  Setup faults(int number, Fault... kinds) {
    faults = number;
    faultKinds.addAll(Set.of(kinds));
    return this;
  }

  Setup failures(int number) {
    failures = number;
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
}
