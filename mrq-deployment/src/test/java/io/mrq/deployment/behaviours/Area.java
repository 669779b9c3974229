package io.mrq.deployment.behaviours;

import java.util.List;
import java.util.Locale;

/**
 * Behaviours that belong together.
 *
 * @param id what their ids begin with
 */
record Area(String id, String title, List<Behaviour> behaviours) {
  String heading() {
    return title + " (" + id + ")";
  }

  /** What GitHub makes of the heading. */
  String anchor() {
    return heading()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  long count(Behaviour.State state) {
    return behaviours.stream().filter(b -> b.state() == state).count();
  }
}
