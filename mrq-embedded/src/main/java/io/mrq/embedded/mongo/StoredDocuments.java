package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.bson.Document;
import io.mrq.embedded.mongo.index.TimeLimit;
import io.mrq.embedded.mongo.raw.Bson;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one collection: a stored map from {@code _id} to BSON. Each read decodes
 * documents of its own, on the state of the map when the read began. Writers hold the lock of the
 * collection.
 */
final class StoredDocuments {
  private final MVMap<Object, byte[]> map;
  private @Nullable Cap cap;

  StoredDocuments(MVMap<Object, byte[]> map) {
    this.map = map;
  }

  /** All documents in the order of their {@code _id}, decoded one by one as the stream is read. */
  Stream<Document> all(boolean descending) {
    return between(null, null, descending);
  }

  /**
   * As {@link #all}, from one {@code _id} to another, both counted in.
   *
   * @param least null: from the first
   * @param greatest null: to the last
   */
  Stream<Document> between(@Nullable Object least, @Nullable Object greatest, boolean descending) {
    Cursor<Object, byte[]> cursor =
        descending ? map.cursor(greatest, least, true) : map.cursor(least, greatest, false);
    return TimeLimit.on(
            StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(cursor, Spliterator.ORDERED), false))
        .map(_ -> Bson.decode(cursor.getValue()));
  }

  /** The documents with these {@code _id}s; those that were deleted meanwhile are left out. */
  Stream<Document> withIds(Stream<Object> ids) {
    return TimeLimit.on(ids)
        .mapMulti((id, found) -> {
          Document document = get(id);
          if (document != null) {
            found.accept(document);
          }
        });
  }

  @Nullable Document get(Object id) {
    byte[] bytes = map.get(id);
    return bytes == null ? null : Bson.decode(bytes);
  }

  /** The document as it is stored, or null. */
  byte @Nullable [] bytes(Object id) {
    return map.get(id);
  }

  Stream<DocumentWithPosition<Object>> withPositions() {
    return map.entrySet().stream()
        .map(entry -> new DocumentWithPosition<>(Bson.decode(entry.getValue()), entry.getKey()));
  }

  /** Adds a document that is not there yet. */
  void add(Object id, Document document) {
    add(id, Bson.encode(document));
  }

  /** Adds a document that is not there yet. */
  void add(Object id, byte[] bytes) {
    if (map.containsKey(id)) {
      throw new IllegalStateException("there is a document with the key " + id + " already");
    }
    map.put(id, bytes);
    grow(bytes.length);
  }

  void replace(Object id, byte[] bytes) {
    byte[] before = map.put(id, bytes);
    grow(bytes.length - (before == null ? 0 : before.length));
  }

  void remove(Object id) {
    byte[] removed = map.remove(id);
    grow(removed == null ? 0 : -removed.length);
  }

  private void grow(int difference) {
    if (cap != null) {
      cap.grow(difference);
    }
  }

  /** Counts what is there against this cap from now on, without removing anything. */
  void limitTo(Cap limit) {
    map.values().forEach(document -> limit.grow(document.length));
    cap = limit;
  }

  /** The oldest document when the cap is exceeded, or null. */
  @Nullable Document surplus() {
    return cap != null && cap.isExceededBy(map.sizeAsLong())
        ? Bson.decode(Objects.requireNonNull(map.get(map.firstKey())))
        : null;
  }

  boolean isCapped() {
    return cap != null;
  }

  /** The part of {@code collStats} about the cap; empty when there is none. */
  Document capStats() {
    return cap == null ? new Document() : cap.stats();
  }

  int size() {
    return map.size();
  }

  long sizeAsLong() {
    return map.sizeAsLong();
  }

  boolean isEmpty() {
    return map.isEmpty();
  }

  /** Summed when asked for: a stored sum would be one more thing to keep in step. */
  int dataSize() {
    long bytes = map.values().stream().mapToLong(document -> document.length).sum();
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }
}
