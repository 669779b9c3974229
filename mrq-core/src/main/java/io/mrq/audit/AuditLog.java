package io.mrq.audit;

import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audit entries in {@code mrq_audit}. Every method may throw {@link StoreUnavailableException};
 * the same call may then be repeated.
 */
public interface AuditLog {
  /**
   * Stores an entry, majority and journaled. An id that is already there counts as stored by an
   * earlier attempt.
   *
   * @param expires when the entry may be deleted
   */
  void append(AuditEntry entry, Instant expires);

  /**
   * Stores the outcome of an entry that is {@code begun}.
   *
   * @param detail replaces the detail of the entry; null: keeps it
   * @return whether there was such an entry
   */
  boolean conclude(AuditId id, AuditEntry.Outcome outcome, @Nullable String detail);

  /**
   * Entries, newest first.
   *
   * @param after only entries that are older than this one; null: from the newest
   */
  List<AuditEntry> list(@Nullable AuditId after, int limit);

  /** Deletes at most {@code limit} expired entries and returns how many were deleted. */
  long deleteExpired(Instant now, int limit);
}
