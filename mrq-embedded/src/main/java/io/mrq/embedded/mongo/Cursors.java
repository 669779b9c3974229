package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Hands results out in batches, none of them larger than a client takes. */
final class Cursors {

  /** As MongoDB has it. A client refuses an answer of more than 48 MB. */
  static final long MAX_BATCH_BYTES = 16L * 1024 * 1024;

  /** How many documents the first answer has, unless its receiver says how many it wants. */
  static final int FIRST_BATCH = 101;

  /** An idle cursor is closed after this time, as in MongoDB. */
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(10);

  private final CursorRegistry registry;
  private final Queue<ResultCursor> open = new ConcurrentLinkedQueue<>();

  Cursors(CursorRegistry registry) {
    this.registry = registry;
  }

  /**
   * The answer to a command that returns documents: the first of them, and a cursor for the rest.
   *
   * @param batchSize the largest number of documents; null: the default
   * @param only whether the rest is not wanted
   */
  Document answer(
      String namespace, List<Document> documents, @Nullable Number batchSize, boolean only) {
    Deque<Document> rest = new ArrayDeque<>(documents);
    List<Document> first = take(rest, batchSize == null ? FIRST_BATCH : batchSize.intValue());
    long cursorId = rest.isEmpty() || only ? 0 : keep(rest);
    Document answer =
        new Document(
            "cursor",
            new Document("id", cursorId).append("ns", namespace).append("firstBatch", first));
    Utils.markOkay(answer);
    return answer;
  }

  private long keep(Deque<Document> rest) {
    forget();
    ResultCursor cursor = new ResultCursor(registry.generateCursorId(), rest);
    registry.add(cursor);
    open.add(cursor);
    return cursor.getId();
  }

  /** Closes idle cursors. */
  void forget() {
    long now = System.nanoTime();
    open.removeIf(cursor -> cursor.isEmpty() || (cursor.isIdle(now) && registry.remove(cursor)));
  }

  /** The next batch, which is kept no longer. */
  private static List<Document> take(Deque<Document> rest, int count) {
    List<Document> batch = new ArrayList<>();
    long bytes = 0;
    while (!rest.isEmpty() && batch.size() < count) {
      bytes += roughSize(rest.getFirst());
      if (bytes > MAX_BATCH_BYTES && !batch.isEmpty()) {
        break;
      }
      batch.add(rest.removeFirst());
    }
    return batch;
  }

  private static long roughSize(@Nullable Object value) {
    long size = 16;
    switch (value) {
      case String text -> size += 3L * text.length();
      case BinData data -> size += data.getData().length;
      case Document document -> {
        for (Map.Entry<String, Object> field : document.entrySet()) {
          size += field.getKey().length() + roughSize(field.getValue());
        }
      }
      case Collection<?> elements -> {
        for (Object element : elements) {
          size += roughSize(element);
        }
      }
      case null, default -> {}
    }
    return size;
  }

  private static final class ResultCursor extends AbstractCursor {

    private final Deque<Document> rest;
    private volatile long usedAt = System.nanoTime();

    ResultCursor(long id, Deque<Document> rest) {
      super(id);
      this.rest = rest;
    }

    boolean isIdle(long now) {
      return now - usedAt > IDLE_LIMIT.toNanos();
    }

    @Override
    public synchronized boolean isEmpty() {
      return rest.isEmpty();
    }

    @Override
    public synchronized List<Document> takeDocuments(int count) {
      usedAt = System.nanoTime();
      return take(rest, count > 0 ? count : Integer.MAX_VALUE);
    }
  }
}
