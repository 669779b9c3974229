package io.mrq.audit;

import io.mrq.event.Listeners;
import java.util.Collection;

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

  /** Tells each of these, in their order; one that throws is logged and harms nobody. */
  static AuditEvents all(Collection<? extends AuditEvents> listeners) {
    Listeners<AuditEvents> each = new Listeners<>(listeners);
    return (action, stored) -> each.tell(listener -> listener.concluded(action, stored));
  }
}
