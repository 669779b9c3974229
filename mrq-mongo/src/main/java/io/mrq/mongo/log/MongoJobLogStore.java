package io.mrq.mongo.log;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import io.mrq.job.JobId;
import io.mrq.log.JobLogChunk;
import io.mrq.log.JobLogCursor;
import io.mrq.log.JobLogLine;
import io.mrq.log.JobLogPage;
import io.mrq.log.JobLogStore;
import io.mrq.mongo.collection.RepeatableInsert;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.JobFilters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.ObjectId;

/**
 * Log lines on MongoDB. {@code append} is one round trip, and less durable than other writes: a
 * server that fails may lose the lines of its last moment. Reads use the index {@code (job, _id)},
 * and end when they have enough lines.
 */
public final class MongoJobLogStore implements JobLogStore {
  private static final int TAIL_BATCH = 20;

  private final MongoCollection<RawBsonDocument> logs;
  private final MongoCollection<RawBsonDocument> writes;
  private final LogCollection collection;

  public MongoJobLogStore(StoreCollections collections, LogCollection collection) {
    this.logs = collections.logs();
    this.writes = collections.logWrites();
    this.collection = collection;
  }

  @Override
  public void append(Collection<JobLogChunk> chunks) {
    if (chunks.isEmpty()) {
      return;
    }
    List<RawBsonDocument> documents = chunks.stream().map(JobLogDocuments::of).toList();
    MongoErrors.run("storing log lines", () -> RepeatableInsert.many(writes, documents));
  }

  @Override
  public JobLogPage after(JobId job, JobLogCursor place, int limit) {
    Document filter =
        ofJob(job).append(JobLogDocuments.ID, new Document("$gte", new ObjectId(place.from())));
    return MongoErrors.answer("reading log lines", () -> read(filter, place, limit));
  }

  private JobLogPage read(Document filter, JobLogCursor place, int limit) {
    List<JobLogLine> lines = new ArrayList<>();
    JobLogCursor next = place;
    long characters = 0;
    // Each chunk has at least one line, but the lines of a chunk that was seen may all be read.
    int maxChunks = limit + place.seen().size();
    try (MongoCursor<RawBsonDocument> chunks =
        logs.find(filter).sort(new Document(JobLogDocuments.ID, 1)).limit(maxChunks).cursor()) {
      while (lines.size() < limit && characters < JobLogPage.MAX_CHARACTERS && chunks.hasNext()) {
        RawBsonDocument chunk = chunks.next();
        if (!chunk.isObjectId(JobLogDocuments.ID)) {
          continue;
        }
        List<JobLogLine> all = JobLogDocuments.lines(chunk);
        int from = Math.min(place.linesOf(id(chunk)), all.size());
        int to = Math.min(all.size(), from + limit - lines.size());
        List<JobLogLine> more = all.subList(from, to);
        lines.addAll(more);
        characters += JobLogPage.characters(more);
        next = next.with(id(chunk), to);
      }
    }
    return new JobLogPage(lines, next);
  }

  @Override
  public JobLogPage tail(JobId job, int lines) {
    return MongoErrors.answer("reading the last log lines", () -> readTail(job, lines));
  }

  private JobLogPage readTail(JobId job, int wanted) {
    List<JobLogLine> newestFirst = new ArrayList<>();
    JobLogCursor next = JobLogCursor.START;
    long characters = 0;
    try (MongoCursor<RawBsonDocument> chunks =
        logs.find(ofJob(job))
            .sort(new Document(JobLogDocuments.ID, -1))
            .batchSize(TAIL_BATCH)
            .cursor()) {
      while (chunks.hasNext()) {
        RawBsonDocument chunk = chunks.next();
        if (!chunk.isObjectId(JobLogDocuments.ID)) {
          continue;
        }
        boolean isEnough = newestFirst.size() >= wanted || characters >= JobLogPage.MAX_CHARACTERS;
        if (isEnough && id(chunk).compareTo(next.from()) < 0) {
          break;
        }
        List<JobLogLine> all = JobLogDocuments.lines(chunk);
        if (!isEnough) {
          newestFirst.addAll(all.reversed());
          characters += JobLogPage.characters(all);
        }
        next = next.with(id(chunk), all.size());
      }
    }
    List<JobLogLine> last = newestFirst.subList(0, Math.min(wanted, newestFirst.size()));
    return new JobLogPage(last.reversed(), next);
  }

  private static Document ofJob(JobId job) {
    return new Document(JobLogDocuments.JOB, JobFilters.id(job));
  }

  /** Only for a chunk whose id is an ObjectId, as MRQ and Python write it. */
  private static String id(RawBsonDocument chunk) {
    return chunk.getObjectId(JobLogDocuments.ID).getValue().toHexString();
  }

  @Override
  public long trim(int limit) {
    return collection.trim(limit);
  }
}
