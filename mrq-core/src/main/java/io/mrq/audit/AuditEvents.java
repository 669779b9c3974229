package io.mrq.audit;

import io.mrq.event.Listeners;
import java.util.Collection;

/** Listens to outcomes in the audit log, for metrics. Calls must return at once. */
@FunctionalInterface
public interface AuditEvents {
  /** Does nothing. */
  AuditEvents NONE = (_, _) -> {};

  /**
   * An action is over.
   *
   * @param action its name, from a closed set
   * @param stored the outcome that is stored now; {@code BEGUN}: the outcome could not be stored
   */
  void concluded(String action, AuditEntry.Outcome stored);

  /** Calls each of these in order; an exception of one is logged and does not affect the others. */
  static AuditEvents all(Collection<? extends AuditEvents> listeners) {
    Listeners<AuditEvents> each = new Listeners<>(listeners);
    return (action, stored) -> each.tell(listener -> listener.concluded(action, stored));
  }
}
