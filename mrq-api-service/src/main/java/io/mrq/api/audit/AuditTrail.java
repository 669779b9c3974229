package io.mrq.api.audit;

import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditEvents;
import io.mrq.audit.AuditId;
import io.mrq.audit.AuditLog;
import io.mrq.event.Listeners;
import io.mrq.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the audit log. An entry is stored before its action is carried out; while it cannot be
 * stored, the action must not be carried out. The outcome is stored afterwards. When that fails,
 * the entry stays {@code begun} and the outcome is written to the process's log.
 */
final class AuditTrail {
  private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
  private static final int MAX_NAME = 200;
  private static final int MAX_DETAIL = 1000;

  private final AuditLog store;
  private final Listeners<AuditEvents> events;
  private final Duration keep;
  private final InstantSource clock;

  /**
   * @param keep how long entries are kept
   */
  AuditTrail(AuditLog store, AuditEvents events, Duration keep, InstantSource clock) {
    if (keep.isNegative() || keep.isZero()) {
      throw new IllegalArgumentException("audit entries must be kept for a while, not for " + keep);
    }
    this.store = store;
    this.events = new Listeners<>(List.of(events));
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * Stores the entry of an action that is about to be carried out. The action may be carried out
   * only after this method has returned.
   *
   * @throws StoreUnavailableException when the entry could not be stored
   */
  Open begin(String who, AuditedAction action) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String target = action.target();
    String detail = action.detail();
    AuditEntry entry =
        new AuditEntry(
            AuditId.next(),
            now,
            cut(who, MAX_NAME),
            action.name(),
            target == null ? null : cut(target, MAX_NAME),
            action.filter(),
            action.count(),
            AuditEntry.Outcome.BEGUN,
            detail == null ? null : cut(detail, MAX_DETAIL));
    store.append(entry, now.plus(keep));
    return new Open(entry);
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max) + "…";
  }

  /** An entry without an outcome. Call exactly one of its methods, once; none of them throws. */
  final class Open {
    private final AuditEntry entry;

    private Open(AuditEntry entry) {
      this.entry = entry;
    }

    /** The action was carried out. */
    void done() {
      conclude(AuditEntry.Outcome.DONE, null);
    }

    /** The action was refused, and nothing was changed. */
    void refused(String why) {
      conclude(AuditEntry.Outcome.REFUSED, why);
    }

    /** The action failed; part of it may have been carried out. */
    void failed(String why) {
      conclude(AuditEntry.Outcome.FAILED, why);
    }

    private void conclude(AuditEntry.Outcome outcome, @Nullable String why) {
      String before = entry.detail();
      String detail = why == null || before == null ? why : before + "; " + why;
      try {
        boolean stored =
            store.conclude(entry.id(), outcome, detail == null ? null : cut(detail, MAX_DETAIL));
        events.tell(listener ->
            listener.concluded(entry.action(), stored ? outcome : AuditEntry.Outcome.BEGUN));
      } catch (StoreUnavailableException e) {
        log.warn(
            "The outcome of the audit entry {} ({} by {} on {}) could not be stored: it was '{}', and the entry stays 'begun'. {}",
            entry.id(),
            entry.action(),
            entry.who(),
            entry.target(),
            outcome.text(),
            e.getMessage());
        events.tell(listener -> listener.concluded(entry.action(), AuditEntry.Outcome.BEGUN));
      }
    }
  }
}
