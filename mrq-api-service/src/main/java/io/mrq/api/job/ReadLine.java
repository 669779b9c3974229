package io.mrq.api.job;

import io.mrq.client.JobRequest;
import io.mrq.job.JobId;
import org.jspecify.annotations.Nullable;

/** What a line of a body says. */
sealed interface ReadLine {
  /** The number of the line, counted from 1. */
  long number();

  /**
   * It asks for a job.
   *
   * @param id that the job gets
   */
  record Asked(long number, JobId id, JobRequest request) implements ReadLine {}

  /**
   * It is refused.
   *
   * @param field null: the whole line is meant, and the message is a sentence
   */
  record Refused(long number, @Nullable String field, String message) implements ReadLine {}
}
