package io.mrq.job;

/**
 * Implemented by an exception that knows better than its stack where the fault is: at a service, in
 * a file, in the data of a tenant. The place stands for the frames in the fingerprint of the
 * failure: failures of the same task and type with the same place count as one fault, and those
 * with different places as several.
 */
@FunctionalInterface
public interface FaultPlace {
  /**
   * Returns where the fault is, in a few words that are the same for many jobs, such as {@code 404
   * from api.example.org}. They are shown wherever failures are grouped.
   */
  String faultPlace();
}
