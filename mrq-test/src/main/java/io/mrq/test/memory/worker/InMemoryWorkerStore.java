package io.mrq.test.memory.worker;

import io.mrq.job.WorkerId;
import io.mrq.test.memory.job.Availability;
import io.mrq.test.memory.job.PlainCopy;
import io.mrq.worker.WorkerStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Worker documents in memory. */
public final class InMemoryWorkerStore implements WorkerStore {
  private static final String BEAT = "beat";
  private static final String LOST = "lost";
  private static final String DRAIN = "drain";
  private static final String DATELOST = "datelost";
  private static final String STATUS = "status";
  private static final String STOP = "stop";
  private static final String DATEREPORTED = "datereported";

  private final Availability availability;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<WorkerId, Map<String, @Nullable Object>> documents = new HashMap<>();

  public InMemoryWorkerStore(Availability availability, InstantSource clock) {
    this.availability = availability;
    this.clock = clock;
  }

  @Override
  public void register(WorkerId worker, Map<String, @Nullable Object> document) {
    Map<String, @Nullable Object> stored = new LinkedHashMap<>(PlainCopy.of(document));
    stored.put(BEAT, 0L);
    locked(() -> documents.putIfAbsent(worker, stored) == null);
  }

  /** Reports a worker as Python does: without a beat, into its document or a new one. */
  public void reportAsPython(WorkerId worker, Map<String, @Nullable Object> document) {
    Map<String, @Nullable Object> copy = PlainCopy.of(document);
    locked(() -> {
      documents.computeIfAbsent(worker, _ -> new LinkedHashMap<>()).putAll(copy);
      return true;
    });
  }

  @Override
  public BeatReply beat(WorkerId worker) {
    return locked(() -> {
      Map<String, @Nullable Object> document = documents.get(worker);
      if (document == null) {
        return new BeatReply.Absent();
      }
      if (document.containsKey(LOST)) {
        return new BeatReply.Lost();
      }
      document.put(BEAT, document.get(BEAT) instanceof Long beat ? beat + 1 : 1L);
      document.put(DATEREPORTED, clock.instant());
      return new BeatReply.Alive(Boolean.TRUE.equals(document.get(DRAIN)));
    });
  }

  @Override
  public void report(WorkerId worker, Map<String, @Nullable Object> fields) {
    Map<String, @Nullable Object> copy = PlainCopy.of(fields);
    locked(() -> {
      Map<String, @Nullable Object> document = documents.get(worker);
      if (document != null) {
        document.putAll(copy);
      }
      return document != null;
    });
  }

  @Override
  public boolean drain(WorkerId worker) {
    return changeBeating(worker, document -> document.put(DRAIN, true));
  }

  @Override
  public boolean undrain(WorkerId worker) {
    return changeBeating(worker, document -> document.remove(DRAIN));
  }

  private boolean changeBeating(WorkerId worker, Consumer<Map<String, @Nullable Object>> change) {
    return locked(() -> {
      Map<String, @Nullable Object> document = documents.get(worker);
      boolean beats = document != null && document.containsKey(BEAT) && !document.containsKey(LOST);
      if (document != null && beats) {
        change.accept(document);
      }
      return beats;
    });
  }

  @Override
  public List<Beat> beats() {
    return locked(() -> {
      List<Beat> beats = new ArrayList<>();
      documents.forEach((worker, document) -> {
        if (document.get(BEAT) instanceof Long beat && !document.containsKey(LOST)) {
          beats.add(new Beat(worker, beat));
        }
      });
      return beats;
    });
  }

  @Override
  public Map<WorkerId, Presence> presence(Collection<WorkerId> workers) {
    return locked(() -> {
      Map<WorkerId, Presence> known = new LinkedHashMap<>();
      for (WorkerId worker : workers) {
        Map<String, @Nullable Object> document = documents.get(worker);
        if (document != null) {
          known.put(worker, presence(document));
        }
      }
      return known;
    });
  }

  private static Presence presence(Map<String, @Nullable Object> document) {
    if (!document.containsKey(BEAT)) {
      boolean unreported =
          document.containsKey(DATELOST)
              && Objects.equals(document.get(DATELOST), document.get(DATEREPORTED));
      return document.containsKey(LOST) && unreported ? Presence.LOST : Presence.FOREIGN;
    }
    if (document.containsKey(LOST)) {
      return Presence.LOST;
    }
    return STOP.equals(document.get(STATUS)) ? Presence.LOST : Presence.BEATING;
  }

  @Override
  public boolean markLost(WorkerId worker, long beat) {
    return locked(() -> {
      Map<String, @Nullable Object> document = documents.get(worker);
      if (document == null
          || document.containsKey(LOST)
          || !Long.valueOf(beat).equals(document.get(BEAT))) {
        return false;
      }
      document.put(LOST, true);
      document.put(STATUS, STOP);
      document.put("jobs", List.of());
      document.put("usage_avg", 0.0);
      return true;
    });
  }

  @Override
  public boolean markAbsentLost(WorkerId worker, Instant now) {
    Map<String, @Nullable Object> grave = new LinkedHashMap<>();
    grave.put(LOST, true);
    grave.put(STATUS, STOP);
    grave.put(DATEREPORTED, now);
    grave.put(DATELOST, now);
    return locked(() -> documents.putIfAbsent(worker, grave) == null);
  }

  @Override
  public List<Map<String, @Nullable Object>> documents(int limit) {
    return locked(() ->
        documents.entrySet().stream()
            .sorted(Comparator.comparing(InMemoryWorkerStore::started).reversed())
            .limit(limit)
            .map(InMemoryWorkerStore::shown)
            .toList());
  }

  private static Instant started(Map.Entry<WorkerId, Map<String, @Nullable Object>> document) {
    return document.getValue().get("datestarted") instanceof Instant date ? date : Instant.EPOCH;
  }

  private static Map<String, @Nullable Object> shown(
      Map.Entry<WorkerId, Map<String, @Nullable Object>> document) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("id", document.getKey().hex());
    shown.putAll(document.getValue());
    return shown;
  }

  @Override
  public long deleteUnreported(Instant before, int limit) {
    return locked(() -> {
      List<WorkerId> silent =
          documents.entrySet().stream()
              .filter(e ->
                  e.getValue().get(DATEREPORTED) instanceof Instant date && date.isBefore(before))
              .limit(limit)
              .map(Map.Entry::getKey)
              .toList();
      silent.forEach(documents::remove);
      return (long) silent.size();
    });
  }

  private <T> T locked(Supplier<T> work) {
    availability.check();
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
