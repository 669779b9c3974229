package io.mrq.test.memory.dispatch;

import io.mrq.job.JobId;
import io.mrq.job.ReadyJob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The ready ids of one queue, lowest order first. The index guards it against concurrent use. */
final class ReadySet {
  private final TreeSet<Place> places = new TreeSet<>();
  private final Map<JobId, Place> byId = new HashMap<>();

  /** Adds an id, or gives it another order. */
  void add(ReadyJob job) {
    remove(job.id());
    Place place = new Place(job.order(), job.id());
    places.add(place);
    byId.put(job.id(), place);
  }

  void remove(JobId id) {
    Place place = byId.remove(id);
    if (place != null) {
      places.remove(place);
    }
  }

  /** Drops the last ids until a number of them is left. */
  void trimTo(int max) {
    while (places.size() > max) {
      byId.remove(places.removeLast().id());
    }
  }

  List<JobId> take(int n) {
    List<JobId> taken = new ArrayList<>();
    while (taken.size() < n && !places.isEmpty()) {
      JobId id = places.removeFirst().id();
      byId.remove(id);
      taken.add(id);
    }
    return taken;
  }

  Set<JobId> absent(Collection<JobId> ids) {
    Set<JobId> absent = new HashSet<>(ids);
    absent.removeIf(byId::containsKey);
    return absent;
  }

  List<JobId> firstBelow(long order, int n) {
    return places.stream()
        .takeWhile(place -> place.order() < order)
        .limit(n)
        .map(Place::id)
        .toList();
  }

  long below(long order) {
    return places.stream().takeWhile(place -> place.order() <= order).count();
  }

  int size() {
    return places.size();
  }

  private record Place(long order, JobId id) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::order).thenComparing(Place::id);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }
}
