package io.mrq.model;

import java.util.Comparator;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One search, with what it must find.
 *
 * @param part of the protocol that the model is of
 * @param name what is left out, or how much may happen
 * @param model makes the model
 * @param stopsAtFirst whether the search stops at the first broken invariant
 * @param broken the invariants that must be found broken; none: all must hold
 * @param states how many states there are
 * @param steps how many steps there are
 */
public record Configuration(
    String part,
    String name,
    Supplier<Model> model,
    boolean stopsAtFirst,
    Set<Invariant> broken,
    int states,
    long steps) {

  /** The invariants that break, in words. */
  String breaks() {
    return broken.isEmpty()
        ? "nothing"
        : broken.stream()
            .sorted(Comparator.naturalOrder())
            .map(Invariant::sentence)
            .collect(Collectors.joining("; "));
  }

  @Override
  public String toString() {
    return part
        + ", "
        + name
        + ": "
        + (broken.isEmpty() ? "all invariants hold" : "breaks '" + breaks() + "'");
  }
}
