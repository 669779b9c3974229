package io.mrq.mongo.stats;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import io.mrq.mongo.collection.LimitedDelete;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.FieldReader;
import io.mrq.mongo.document.PlainBson;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.stats.JobCounts;
import io.mrq.stats.JobRate;
import io.mrq.stats.JobRates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.RawBsonDocument;

/**
 * Rates of jobs on MongoDB: {@code {_id: "period queue", date, queue, enqueued, succeeded, failed,
 * retried}}. {@code add} is one write, and one more when another process inserts a document at the
 * same time. Each read is one command, which the index on {@code date} answers.
 */
public final class MongoJobRates implements JobRates {
  private static final String ID = "_id";
  private static final String DATE = "date";
  private static final String QUEUE = "queue";
  private static final String ENQUEUED = "enqueued";
  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed";
  private static final String RETRIED = "retried";

  /** In documents of about a hundred bytes. */
  private static final int BATCH_SIZE = 10_000;

  private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

  private final MongoCollection<RawBsonDocument> rates;

  public MongoJobRates(StoreCollections collections) {
    this.rates = collections.rates();
  }

  @Override
  public void add(Collection<JobRate> counted) {
    if (counted.isEmpty()) {
      return;
    }
    List<UpdateOneModel<RawBsonDocument>> writes =
        counted.stream().map(MongoJobRates::upsert).toList();
    MongoErrors.run("adding counts", () -> write(writes));
  }

  private void write(List<UpdateOneModel<RawBsonDocument>> writes) {
    BulkWriteOptions unordered = new BulkWriteOptions().ordered(false);
    try {
      rates.bulkWrite(writes, unordered);
    } catch (MongoBulkWriteException e) {
      // Two processes inserted the same document at once: the later one adds to it now.
      if (e.getWriteConcernError() != null
          || !e.getWriteErrors().stream().allMatch(MongoErrors::isDuplicateId)) {
        throw e;
      }
      rates.bulkWrite(
          e.getWriteErrors().stream().map(error -> writes.get(error.getIndex())).toList(),
          unordered);
    }
  }

  private static UpdateOneModel<RawBsonDocument> upsert(JobRate rate) {
    JobCounts counts = rate.counts();
    Document update =
        new Document("$setOnInsert", new Document(DATE, rate.at()).append(QUEUE, rate.queue()))
            .append(
                "$inc",
                new Document(ENQUEUED, counts.enqueued())
                    .append(SUCCEEDED, counts.succeeded())
                    .append(FAILED, counts.failed())
                    .append(RETRIED, counts.retried()));
    return new UpdateOneModel<>(new Document(ID, rate.at() + " " + rate.queue()), update, UPSERT);
  }

  @Override
  public List<JobRate> since(Instant from) {
    List<JobRate> found = new ArrayList<>();
    MongoErrors.run(
        "reading rates",
        () ->
            rates
                .find(began(from))
                .sort(new Document(DATE, 1))
                .batchSize(BATCH_SIZE)
                .forEach(document -> add(document, found)));
    return found;
  }

  private static void add(RawBsonDocument document, List<JobRate> found) {
    FieldReader fields = new FieldReader(PlainBson.decode(document));
    Instant at = fields.date(DATE);
    String queue = fields.text(QUEUE);
    if (at != null && queue != null) {
      found.add(new JobRate(at, queue, counts(fields)));
    }
  }

  @Override
  public SortedMap<Instant, JobCounts> totals(Instant from) {
    SortedMap<Instant, JobCounts> totals = new TreeMap<>();
    Document group = new Document(ID, "$" + DATE);
    for (String field : List.of(ENQUEUED, SUCCEEDED, FAILED, RETRIED)) {
      group.append(field, new Document("$sum", "$" + field));
    }
    MongoErrors.run(
        "reading rates",
        () ->
            rates
                .aggregate(
                    List.of(new Document("$match", began(from)), new Document("$group", group)))
                .forEach(document -> {
                  FieldReader fields = new FieldReader(PlainBson.decode(document));
                  Instant at = fields.date(ID);
                  if (at != null) {
                    totals.put(at, counts(fields));
                  }
                }));
    return totals;
  }

  @Override
  public long deleteOlder(Instant before, int limit) {
    Document old = new Document(DATE, new Document("$lt", before));
    return MongoErrors.answer("deleting old rates", () -> LimitedDelete.of(rates, old, limit));
  }

  private static Document began(Instant from) {
    return new Document(DATE, new Document("$gte", from));
  }

  private static JobCounts counts(FieldReader fields) {
    return new JobCounts(
        count(fields, ENQUEUED),
        count(fields, SUCCEEDED),
        count(fields, FAILED),
        count(fields, RETRIED));
  }

  private static long count(FieldReader fields, String name) {
    Long number = fields.whole(name);
    return number == null ? 0 : number;
  }
}
