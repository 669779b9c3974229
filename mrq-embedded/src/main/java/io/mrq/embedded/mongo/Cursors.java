package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Hands results out in batches, none of them larger than a client takes. */
final class Cursors {

  /** As MongoDB has it. A client refuses an answer of more than 48 MB. */
  private static final long MAX_BATCH_BYTES = 16L * 1024 * 1024;

  /** A cursor that nobody reads from is forgotten after this time, as in MongoDB. */
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(10);

  private final CursorRegistry registry;
  private final Queue<ResultCursor> open = new ConcurrentLinkedQueue<>();

  Cursors(CursorRegistry registry) {
    this.registry = registry;
  }

  /**
   * The answer to a command that returns documents: the first of them, and a cursor for the rest.
   *
   * @param batchSize how many at the most, 0 for no limit but the size
   * @param only whether the rest is not wanted
   */
  Document answer(String namespace, List<Document> documents, int batchSize, boolean only) {
    List<Document> first = head(documents, batchSize);
    long cursorId = 0;
    if (first.size() < documents.size() && !only) {
      cursorId = keep(documents.subList(first.size(), documents.size()));
    }
    Document answer =
        new Document(
            "cursor",
            new Document("id", cursorId).append("ns", namespace).append("firstBatch", first));
    Utils.markOkay(answer);
    return answer;
  }

  private long keep(List<Document> rest) {
    long now = System.nanoTime();
    open.removeIf(cursor -> cursor.isEmpty() || (cursor.isIdle(now) && registry.remove(cursor)));
    ResultCursor cursor = new ResultCursor(registry.generateCursorId(), rest);
    registry.add(cursor);
    open.add(cursor);
    return cursor.getId();
  }

  private static List<Document> head(List<Document> documents, int count) {
    int limit = count > 0 ? Math.min(count, documents.size()) : documents.size();
    long bytes = 0;
    for (int i = 0; i < limit; i++) {
      bytes += roughSize(documents.get(i));
      if (bytes > MAX_BATCH_BYTES && i > 0) {
        return documents.subList(0, i);
      }
    }
    return documents.subList(0, limit);
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

    private List<Document> rest;
    private volatile long usedAt = System.nanoTime();

    ResultCursor(long id, List<Document> rest) {
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
      List<Document> batch = head(rest, count);
      rest = rest.subList(batch.size(), rest.size());
      return new ArrayList<>(batch);
    }
  }
}
