package io.mrq.job;

/**
 * For an exception that knows better than its stack where the fault is: at a service, in a file, in
 * a tenant's data. It takes the place of the frames in the fingerprint of the failure, so failures
 * of the same task and type with the same place count as one fault, and those with different places
 * as several.
 */
@FunctionalInterface
public interface FaultPlace {
  /**
   * Where the fault is, in a few words that name no single job, such as {@code 404 from
   * api.example.org}. It is shown wherever failures are grouped.
   */
  String faultPlace();
}
