package io.mrq.model;

import java.util.List;
import java.util.Map;

/**
 * What a search found.
 *
 * @param states how many different states were reached
 * @param steps how many steps lead out of them, those that break an invariant included
 * @param broken the shortest way to break each invariant that can be broken
 */
record Findings(int states, long steps, Map<Invariant, List<String>> broken) {

  /** The broken invariants, each with its way, to be read by people. */
  String report() {
    StringBuilder text = new StringBuilder();
    broken.forEach((invariant, way) -> {
      text.append("\nbroken: ").append(invariant.sentence());
      for (int i = 0; i < way.size(); i++) {
        text.append("\n  ").append(i + 1).append(". ").append(way.get(i));
      }
    });
    return text.toString();
  }
}
