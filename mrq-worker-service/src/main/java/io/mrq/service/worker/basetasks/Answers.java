package io.mrq.service.worker.basetasks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of base tasks: the counts of Python MRQ's, and a note for people. */
final class Answers {
  private Answers() {}

  /** What Python's task answers that requeues or cancels jobs. */
  static Map<String, Object> moved(long requeued, long cancelled, @Nullable String note) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("requeued", requeued);
    answer.put("cancelled", cancelled);
    return noted(answer, note);
  }

  /** What Python's task answers that looks at jobs and requeues some of them. */
  static Map<String, Object> requeued(
      String lookedAt, long jobs, long requeued, @Nullable String note) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(lookedAt, jobs);
    answer.put("requeued", requeued);
    return noted(answer, note);
  }

  /** Nothing was done, and why. */
  static Map<String, Object> note(String note) {
    return noted(new LinkedHashMap<>(), note);
  }

  private static Map<String, Object> noted(Map<String, Object> answer, @Nullable String note) {
    if (note != null) {
      answer.put("note", note);
    }
    return answer;
  }
}
