package io.mrq.audit;

import io.mrq.store.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who did what, in {@code mrq_audit}. Every method may throw {@link StoreUnavailableException}; the
 * call may then be repeated as it was.
 */
public interface AuditLog {
  /**
   * Stores an entry, majority and journaled. An id that is already there counts as stored by an
   * earlier try.
   *
   * @param expires when it may be forgotten
   */
  void append(AuditEntry entry, Instant expires);

  /**
   * Writes what became of an act that is {@code begun}.
   *
   * @param detail replaces the one of the entry; null: keeps it
   * @return whether there was such an entry
   */
  boolean conclude(AuditId id, AuditEntry.Outcome outcome, @Nullable String detail);

  /**
   * Entries, newest id first.
   *
   * @param after only ids older than this one; null: from the newest
   */
  List<AuditEntry> list(@Nullable AuditId after, int limit);

  /** Deletes entries that may be forgotten; answers how many. */
  long deleteExpired(Instant now, int limit);
}
