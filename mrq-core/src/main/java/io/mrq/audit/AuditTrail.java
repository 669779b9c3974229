package io.mrq.audit;

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
 * Notes who does what, so that nothing is done unnoted: the entry is stored before the act, and
 * while it cannot be stored the act is not done. Its outcome is stored after the act; where that
 * fails the entry stays {@code begun}, and the outcome goes to the process's log.
 */
public final class AuditTrail {
  private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);
  private static final int MAX_NAME = 200;
  private static final int MAX_DETAIL = 1000;

  private final AuditLog store;
  private final Listeners<AuditEvents> events;
  private final Duration keep;
  private final InstantSource clock;

  /**
   * Wires a trail.
   *
   * @param keep how long entries are kept
   */
  public AuditTrail(AuditLog store, AuditEvents events, Duration keep, InstantSource clock) {
    if (keep.isNegative() || keep.isZero()) {
      throw new IllegalArgumentException("audit entries must be kept for a while, not for " + keep);
    }
    this.store = store;
    this.events = new Listeners<>(List.of(events));
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * Notes that somebody is about to do something. Only when this returns may it be done.
   *
   * @throws StoreUnavailableException when it could not be noted
   */
  public Open begin(String who, AuditedAction act) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String target = act.target();
    String detail = act.detail();
    AuditEntry entry =
        new AuditEntry(
            AuditId.next(),
            now,
            bounded(who, MAX_NAME),
            act.action(),
            target == null ? null : bounded(target, MAX_NAME),
            act.filter(),
            act.count(),
            AuditEntry.Outcome.BEGUN,
            detail == null ? null : bounded(detail, MAX_DETAIL));
    store.append(entry, now.plus(keep));
    return new Open(entry);
  }

  /**
   * Entries, newest first.
   *
   * @param after only ids older than this one; null: from the newest
   * @throws StoreUnavailableException when the store does not answer
   */
  public List<AuditEntry> list(@Nullable AuditId after, int limit) {
    return store.list(after, limit);
  }

  private static String bounded(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  /** An act whose outcome is not noted yet. Its methods never throw; one of them is called once. */
  public final class Open {
    private final AuditEntry entry;

    private Open(AuditEntry entry) {
      this.entry = entry;
    }

    /** It was done. */
    public void done() {
      conclude(AuditEntry.Outcome.DONE, null);
    }

    /** It was refused, and nothing was changed. */
    public void refused(String why) {
      conclude(AuditEntry.Outcome.REFUSED, why);
    }

    /** It failed; part of it may have been done. */
    public void failed(String why) {
      conclude(AuditEntry.Outcome.FAILED, why);
    }

    private void conclude(AuditEntry.Outcome outcome, @Nullable String why) {
      String before = entry.detail();
      String detail = why == null || before == null ? why : before + "; " + why;
      try {
        boolean stored =
            store.conclude(
                entry.id(), outcome, detail == null ? null : bounded(detail, MAX_DETAIL));
        events.tell(listener ->
            listener.concluded(entry.action(), stored ? outcome : AuditEntry.Outcome.BEGUN));
      } catch (StoreUnavailableException e) {
        log.warn(
            "the audit entry {} of {} by {} on {} stays 'begun', its outcome is '{}': {}",
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
