package io.mrq.deployment.behaviours;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One entry of the catalogue. Every text but the id and {@code what} may be empty.
 *
 * @param what the behaviour, in one sentence
 * @param differs where it is not as in Python MRQ
 * @param missing which part of it is not there yet
 * @param planned the capability that it comes with
 * @param against why it is decided against
 * @param without why it has no meaning here
 */
record Behaviour(
    String id,
    String what,
    String differs,
    String missing,
    String planned,
    String against,
    String without) {
  private static final Set<String> KEYS =
      Set.of("what", "differs", "partly", "planned", "decided-against", "not-applicable");

  enum State {
    DONE("done"),
    PARTLY("partly"),
    PLANNED("planned"),
    DECIDED_AGAINST("decided against"),
    NOT_APPLICABLE("not applicable");

    private final String text;

    State(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  static Behaviour of(String id, Map<String, String> entry) {
    if (!KEYS.containsAll(entry.keySet())) {
      throw new IllegalArgumentException(id + " has other keys than " + KEYS);
    }
    return new Behaviour(
        id,
        entry.getOrDefault("what", ""),
        entry.getOrDefault("differs", ""),
        entry.getOrDefault("partly", ""),
        entry.getOrDefault("planned", ""),
        entry.getOrDefault("decided-against", ""),
        entry.getOrDefault("not-applicable", ""));
  }

  String area() {
    return id.substring(0, id.indexOf('-'));
  }

  State state() {
    if (!missing.isEmpty()) {
      return State.PARTLY;
    }
    if (!planned.isEmpty()) {
      return State.PLANNED;
    }
    if (!against.isEmpty()) {
      return State.DECIDED_AGAINST;
    }
    return without.isEmpty() ? State.DONE : State.NOT_APPLICABLE;
  }

  /**
   * What is contradictory about the entry.
   *
   * @param tests what cites it
   * @param capabilities those that may be planned
   */
  List<String> complaints(Collection<?> tests, Set<String> capabilities) {
    List<String> complaints = new ArrayList<>();
    if (what.isBlank()) {
      complaints.add(id + " does not say what it is");
    }
    if (!planned.isEmpty() && !capabilities.contains(planned)) {
      complaints.add(id + " is planned with an unknown capability: " + planned);
    }
    if (List.of(planned, against, without).stream().filter(s -> !s.isEmpty()).count() > 1) {
      complaints.add(id + " has more than one reason why it is not there");
    }
    boolean shown = state() == State.DONE || state() == State.PARTLY;
    if (shown && tests.isEmpty()) {
      complaints.add(id + " has no test, and its entry does not say why not");
    }
    if (!shown && !tests.isEmpty()) {
      complaints.add(
          "%s is %s, but these show it: %s"
              .formatted(
                  id,
                  state().text(),
                  tests.stream().map(Objects::toString).collect(Collectors.joining(", "))));
    }
    return complaints;
  }
}
