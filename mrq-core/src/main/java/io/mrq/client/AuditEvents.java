package io.mrq.client;

import io.mrq.store.AuditEntry;

/** What {@link AuditTrail} tells about its work, for metrics. Calls must return at once. */
@FunctionalInterface
public interface AuditEvents {
  /** Tells nobody. */
  AuditEvents NONE = (_, _) -> {};

  /**
   * An act is over.
   *
   * @param action what, from a closed set
   * @param stored what the log says of it now; {@code BEGUN}: its outcome could not be stored
   */
  void concluded(String action, AuditEntry.Outcome stored);
}
