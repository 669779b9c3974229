package io.mrq.test.memory.audit;

import io.mrq.audit.AuditEntry;
import io.mrq.audit.AuditId;
import io.mrq.audit.AuditLog;
import io.mrq.test.memory.job.Availability;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The audit log in memory. */
public final class InMemoryAuditLog implements AuditLog {
  private final Availability availability;
  private final ConcurrentSkipListMap<AuditId, Kept> entries = new ConcurrentSkipListMap<>();

  public InMemoryAuditLog(Availability availability) {
    this.availability = availability;
  }

  @Override
  public void append(AuditEntry entry, Instant expires) {
    availability.check();
    entries.putIfAbsent(entry.id(), new Kept(entry, expires));
  }

  @Override
  public boolean conclude(AuditId id, AuditEntry.Outcome outcome, @Nullable String detail) {
    availability.check();
    AtomicBoolean concluded = new AtomicBoolean();
    entries.computeIfPresent(
        id,
        (_, kept) -> {
          if (kept.entry().outcome() != AuditEntry.Outcome.BEGUN) {
            return kept;
          }
          concluded.set(true);
          return new Kept(concluded(kept.entry(), outcome, detail), kept.expires());
        });
    return concluded.get();
  }

  private static AuditEntry concluded(
      AuditEntry entry, AuditEntry.Outcome outcome, @Nullable String detail) {
    return new AuditEntry(
        entry.id(),
        entry.date(),
        entry.who(),
        entry.action(),
        entry.target(),
        entry.filter(),
        entry.count(),
        outcome,
        detail == null ? entry.detail() : detail);
  }

  @Override
  public List<AuditEntry> list(@Nullable AuditId after, int limit) {
    availability.check();
    var older = after == null ? entries : entries.headMap(after, false);
    return older.descendingMap().values().stream().limit(limit).map(Kept::entry).toList();
  }

  @Override
  public long deleteExpired(Instant now, int limit) {
    availability.check();
    List<AuditId> expired =
        entries.entrySet().stream()
            .filter(entry -> !entry.getValue().expires().isAfter(now))
            .limit(limit)
            .map(Map.Entry::getKey)
            .toList();
    expired.forEach(entries::remove);
    return expired.size();
  }

  /** An entry and when it may be deleted. */
  private record Kept(AuditEntry entry, Instant expires) {}
}
