package io.mrq.api.request;

import io.mrq.api.problem.Problem;
import io.mrq.api.problem.ProblemException;
import io.mrq.api.problem.ProblemType;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The place of a value in a body. It becomes text only when the value is refused.
 *
 * @param parent the object or array that contains the value; null: the value is the body itself
 * @param name its key in an object; null in an array
 * @param index its index in an array
 */
record Place(@Nullable Place parent, @Nullable String name, int index) {
  /** The body itself. */
  static final Place BODY = new Place(null, null, 0);

  private static final int MAX_SHOWN_STEPS = 8;

  Place key(String key) {
    return new Place(this, key, 0);
  }

  Place element(int at) {
    return new Place(this, null, at);
  }

  /** The refusal of this value: names the field, and the job's index when the body is an array. */
  ProblemException refused(String message) {
    Deque<Place> steps = new ArrayDeque<>();
    for (Place at = this; at.parent != null; at = at.parent) {
      steps.addFirst(at);
    }
    Integer job = null;
    if (!steps.isEmpty() && steps.getFirst().name == null) {
      job = steps.removeFirst().index;
    }
    String field = steps.isEmpty() ? null : rendered(steps);
    return new ProblemException(Problem.of(ProblemType.INVALID_JOB, job, field, message));
  }

  private static String rendered(Deque<Place> steps) {
    StringBuilder text = new StringBuilder();
    int shown = 0;
    for (Place step : steps) {
      if (shown++ == MAX_SHOWN_STEPS) {
        return text.append('…').toString();
      }
      if (step.name == null) {
        text.append('[').append(step.index).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step.name);
      }
    }
    return text.toString();
  }
}
