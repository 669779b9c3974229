package io.mrq.mongo.query;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.CountOptions;
import io.mrq.failure.FailureGroup;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.document.TextRange;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.failure.FailureGrouping;
import io.mrq.mongo.job.JobDocuments;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.query.JobFilter;
import io.mrq.query.JobPage;
import io.mrq.query.JobQueries;
import io.mrq.query.JobSummary;
import io.mrq.query.QueryTooSlowException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Looking at jobs on MongoDB. Each call is one command, but for lists: one of more than a few jobs
 * is two, one of large jobs several. Whatever looks at many documents may take {@link #LIMIT},
 * which the server holds to.
 */
public final class MongoJobQueries implements JobQueries {
  /** How long people wait. */
  public static final Duration LIMIT = Duration.ofSeconds(5);

  private static final int FIRST_STEP = 16;

  /** In bytes: of these any number that a list may have can be read at once. */
  private static final int SMALL_DOCUMENT = 32 * 1024;

  private static final Document NEWEST_FIRST = new Document(JobFields.ID, -1);
  private static final Document SUMMARY =
      new Document(JobFields.RESULT, 0)
          .append(JobFields.TRACEBACK, 0)
          .append(JobFields.TRACEBACK_HISTORY, 0);

  /** Of each attempt only its date and its exception type. */
  private static final Document ATTEMPTS =
      new Document(JobFields.EXCEPTIONTYPE, 1)
          .append(JobFields.TRACEBACK_HISTORY + "." + JobFields.DATE, 1)
          .append(JobFields.TRACEBACK_HISTORY + "." + JobFields.EXCEPTIONTYPE, 1);

  private final MongoCollection<RawBsonDocument> jobs;
  private final MongoCollection<RawBsonDocument> many;
  private final FailureGrouping grouping;

  public MongoJobQueries(StoreCollections collections) {
    this.jobs = collections.jobs();
    this.many = collections.jobs(LIMIT);
    this.grouping = new FailureGrouping(many);
  }

  @Override
  public Optional<Job> find(JobId id) {
    Document filter = new Document(JobFields.ID, JobFilters.id(id));
    return MongoErrors.answer(
        "reading a job",
        () -> Optional.ofNullable(jobs.find(filter).first()).flatMap(JobDocuments::job));
  }

  @Override
  public JobPage<Job> page(JobFilter filter, @Nullable JobId after, int limit, long maxBytes) {
    return bounded(
        "listing jobs", () -> page(filter, after, limit, maxBytes, null, JobDocuments::job));
  }

  @Override
  public JobPage<JobSummary> summaries(JobFilter filter, @Nullable JobId after, int limit) {
    return bounded(
        "listing jobs",
        () -> page(filter, after, limit, Long.MAX_VALUE, SUMMARY, JobDocuments::summary));
  }

  /**
   * Reads a few documents first. When they are large the others are read in steps of as many: a
   * server may make all that one command asks for before it sends the first.
   */
  private <T> JobPage<T> page(
      JobFilter filter,
      @Nullable JobId after,
      int limit,
      long maxBytes,
      @Nullable Document projection,
      Function<RawBsonDocument, Optional<T>> form) {
    List<T> found = new ArrayList<>();
    Document conditions = ListConditions.of(filter, after);
    long bytes = 0;
    int all = 0;
    int seen = 0;
    // One more than is shown tells whether there are more.
    int wanted = Math.min(limit + 1, FIRST_STEP);
    // A document that is no job must not end the list early.
    while (wanted > 0) {
      int read = 0;
      BsonValue last = null;
      try (MongoCursor<RawBsonDocument> documents =
          many.find(conditions)
              .sort(NEWEST_FIRST)
              .projection(projection)
              .skip(seen)
              .limit(wanted)
              .cursor()) {
        while (documents.hasNext()) {
          RawBsonDocument document = documents.next();
          bytes += document.getByteBuffer().remaining();
          if (found.size() == limit || (bytes > maxBytes && !found.isEmpty())) {
            return new JobPage<>(found, true);
          }
          form.apply(document).ifPresent(found::add);
          last = document.get(JobFields.ID);
          read++;
        }
      }
      all += read;
      seen += read;
      if (last != null && last.isObjectId()) {
        JobId next = new JobId(last.asObjectId().getValue().toHexString());
        conditions = ListConditions.of(filter, next);
        seen = 0;
      }
      int left = limit + 1 - found.size();
      boolean large = bytes > (long) all * SMALL_DOCUMENT;
      wanted = read < wanted ? 0 : large ? Math.min(left, FIRST_STEP) : left;
    }
    return new JobPage<>(found, false);
  }

  @Override
  public long count(JobFilter filter, int most) {
    CountOptions options = new CountOptions().limit(most);
    return bounded(
        "counting jobs", () -> many.countDocuments(ListConditions.of(filter, null), options));
  }

  @Override
  public List<FailureGroup> failures(JobFilter filter, Instant now, int limit) {
    return bounded(
        "grouping failures", () -> grouping.groups(ListConditions.ofFailures(filter), now, limit));
  }

  @Override
  public Map<JobId, String> tracebacks(Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<JobId, String> found = new HashMap<>();
    MongoErrors.run(
        "reading tracebacks",
        () ->
            ById.find(jobs, JobFilters.ids(ids), ids.size())
                .projection(new Document(JobFields.TRACEBACK, 1))
                .forEach(document -> {
                  if (document.isString(JobFields.TRACEBACK)) {
                    found.put(
                        JobDocuments.id(document),
                        document.getString(JobFields.TRACEBACK).getValue());
                  }
                }));
    return found;
  }

  @Override
  public Map<JobId, Instant> firstFailures(Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<JobId, Instant> found = new HashMap<>();
    MongoErrors.run(
        "reading when jobs failed first",
        () ->
            jobs.find(JobFilters.ids(ids))
                .projection(ATTEMPTS)
                .forEach(document ->
                    JobDocuments.firstFailure(document)
                        .ifPresent(date -> found.put(JobDocuments.id(document), date))));
    return found;
  }

  @Override
  public List<String> queues(String prefix, int limit) {
    return names(JobFields.QUEUE, prefix, limit);
  }

  @Override
  public List<String> paths(String prefix, int limit) {
    return names(JobFields.PATH, prefix, limit);
  }

  /** By a range and not by a pattern: no text can be an operator here. */
  private List<String> names(String field, String prefix, int limit) {
    return bounded(
        "reading all values of " + field,
        () ->
            many
                .distinct(
                    field, new Document(field, TextRange.beginningWith(prefix)), BsonValue.class)
                .into(new ArrayList<>())
                .stream()
                // Of a list each element is a value of its own, whatever it is.
                .filter(BsonValue::isString)
                .map(name -> name.asString().getValue())
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .limit(limit)
                .toList());
  }

  /** Turns the server's refusal to go on into its exception. */
  public static <T> T bounded(String doing, Supplier<T> call) {
    return MongoErrors.answer(
        doing,
        () -> {
          try {
            return call.get();
          } catch (RuntimeException e) {
            if (MongoErrors.isTooSlow(e)) {
              throw new QueryTooSlowException(
                  "MongoDB gave up after %d s while %s".formatted(LIMIT.toSeconds(), doing), e);
            }
            throw e;
          }
        });
  }
}
