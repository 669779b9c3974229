package io.mrq.schedule;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/** Dates and times without a zone, in their order. */
@FunctionalInterface
public interface LocalTimes {
  /** Returns the first one after this; null when there is none. */
  @Nullable LocalDateTime next(LocalDateTime after);
}
