package io.mrq.engine.run;

import io.mrq.job.Failure;
import io.mrq.job.Job;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds params that another program has stored in a form that no task can take. */
final class UnusableParams {
  private static final String PARAMS = "params";

  private UnusableParams() {}

  /** Why the job cannot run; null when its params are a document, or absent. */
  static @Nullable Failure of(Job job) {
    Object stored = job.others().get(PARAMS);
    return stored == null
        ? null
        : Failure.of(
            "InvalidParams",
            "the job's params are %s, and no task can take that: they must be a document with a field for each param, such as {\"a\": 1}."
                .formatted(type(stored)));
  }

  private static String type(Object stored) {
    return switch (stored) {
      case List<?> _ -> "an array";
      case String _ -> "a string";
      case Boolean _ -> "a boolean";
      case Number _ -> "a number";
      case Instant _ -> "a date";
      case byte[] _ -> "binary data";
      default -> "a " + stored.getClass().getSimpleName();
    };
  }
}
