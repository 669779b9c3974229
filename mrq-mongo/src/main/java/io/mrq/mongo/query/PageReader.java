package io.mrq.mongo.query;

import com.mongodb.client.MongoCollection;
import io.mrq.job.JobId;
import io.mrq.mongo.job.JobFields;
import io.mrq.query.JobPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.bson.BsonObjectId;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Reads one page of jobs in steps: a few documents first, and then all others at once when these
 * were small. Large ones are read a few at a time, since a server may prepare everything that a
 * command asks for before it sends the first document. The jobs of several reads are merged.
 *
 * @param <T> what a document becomes
 */
final class PageReader<T> {
  private static final int FIRST_STEP = 16;

  /** In bytes. As many documents of this size as a page can have may be read at once. */
  private static final int SMALL_DOCUMENT = 32 * 1024;

  private static final Document NEWEST_FIRST = new Document(JobFields.ID, -1);

  private final MongoCollection<RawBsonDocument> jobs;
  private final List<Document> reads;
  private final int limit;
  private final long maxBytes;
  private final @Nullable Document projection;
  private final Function<RawBsonDocument, Optional<T>> form;

  /** Of each read: all of them together bring no more at a time than one alone. */
  private final int firstStep;

  private final List<T> found = new ArrayList<>();
  private long bytes;
  private int documents;

  /**
   * Prepares a page.
   *
   * @param reads see {@link ListReads}
   * @param maxBytes see {@link io.mrq.query.JobQueries#page}
   * @param projection null: whole documents
   * @param form of a document; nothing when it is no job
   */
  PageReader(
      MongoCollection<RawBsonDocument> jobs,
      List<Document> reads,
      int limit,
      long maxBytes,
      @Nullable Document projection,
      Function<RawBsonDocument, Optional<T>> form) {
    this.jobs = jobs;
    this.reads = reads;
    this.limit = limit;
    this.maxBytes = maxBytes;
    this.projection = projection;
    this.form = form;
    this.firstStep = Math.max(1, FIRST_STEP / reads.size());
  }

  /**
   * Reads the page. A document that is no job takes no place in it.
   *
   * @param after only ids older than this one; null: from the newest
   */
  JobPage<T> after(@Nullable JobId after) {
    JobId last = after;
    int skipped = 0;
    // One more than the page has room for tells whether more jobs follow.
    int step = Math.min(limit + 1, firstStep);
    while (step > 0) {
      int before = documents;
      for (RawBsonDocument document : next(last, skipped, step)) {
        if (!isRoomFor(document)) {
          return new JobPage<>(found, true);
        }
        form.apply(document).ifPresent(found::add);
        documents++;
        skipped++;
        if (document.isObjectId(JobFields.ID)) {
          last = new JobId(document.getObjectId(JobFields.ID).getValue().toHexString());
          skipped = 0;
        }
      }
      step = documents - before < step ? 0 : nextStep();
    }
    return new JobPage<>(found, false);
  }

  /** The next documents, the newest first; {@code skipped} of them were seen before. */
  private List<RawBsonDocument> next(@Nullable JobId after, int skipped, int count) {
    List<RawBsonDocument> next = new ArrayList<>();
    for (Document read : reads) {
      int most = skipped + count;
      jobs.find(ListConditions.before(read, after))
          .sort(NEWEST_FIRST)
          .projection(projection)
          .limit(most)
          .batchSize(most)
          .into(next);
    }
    if (reads.size() > 1) {
      next.sort((one, other) -> compare(one.get(JobFields.ID), other.get(JobFields.ID)));
      next = distinct(next);
    }
    return next.subList(Math.min(skipped, next.size()), Math.min(skipped + count, next.size()));
  }

  /** Without the second of two documents with one id: its status changed between two reads. */
  private static List<RawBsonDocument> distinct(List<RawBsonDocument> sorted) {
    Map<BsonValue, RawBsonDocument> byId = new LinkedHashMap<>();
    sorted.forEach(document -> byId.putIfAbsent(document.get(JobFields.ID), document));
    return new ArrayList<>(byId.values());
  }

  /** Where an id that is no ObjectId stands does not matter, since its document is no job. */
  private static int compare(@Nullable BsonValue one, @Nullable BsonValue other) {
    boolean isNewer = one instanceof BsonObjectId;
    boolean isOtherNewer = other instanceof BsonObjectId;
    return one instanceof BsonObjectId id && other instanceof BsonObjectId otherId
        ? otherId.compareTo(id)
        : Boolean.compare(isOtherNewer, isNewer);
  }

  private boolean isRoomFor(RawBsonDocument document) {
    bytes += document.getByteBuffer().remaining();
    return found.size() < limit && (bytes <= maxBytes || found.isEmpty());
  }

  private int nextStep() {
    int left = limit + 1 - found.size();
    boolean isLarge = bytes > (long) documents * SMALL_DOCUMENT;
    return isLarge ? Math.min(left, firstStep) : left;
  }
}
