package io.mrq.mongo.query;

import com.mongodb.client.MongoCollection;
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
import java.util.function.Supplier;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * Questions about jobs, on MongoDB. Each call is one command, but for these: a list of more than a
 * few jobs is two, and a list of large jobs several; a list or a count has so many for each of its
 * {@link ListReads}, and one more when it names a queue or a path alone; {@code paths} has one for
 * each queue. The server gives a command up that looks at many documents and takes longer than
 * {@link #LIMIT}.
 */
public final class MongoJobQueries implements JobQueries {
  /** How long a question of a person may take in the server. */
  public static final Duration LIMIT = Duration.ofSeconds(5);

  private static final Document SUMMARY =
      new Document(JobFields.RESULT, 0)
          .append(JobFields.TRACEBACK, 0)
          .append(JobFields.TRACEBACK_HISTORY, 0);

  /** The date and the exception type of each failed attempt. */
  private static final Document ATTEMPTS =
      new Document(JobFields.EXCEPTIONTYPE, 1)
          .append(JobFields.TRACEBACK_HISTORY + "." + JobFields.DATE, 1)
          .append(JobFields.TRACEBACK_HISTORY + "." + JobFields.EXCEPTIONTYPE, 1);

  private final MongoCollection<RawBsonDocument> jobs;
  private final MongoCollection<RawBsonDocument> many;
  private final ListReads reads;
  private final FailureGrouping grouping;

  public MongoJobQueries(StoreCollections collections) {
    this.jobs = collections.jobs();
    this.many = collections.jobs(LIMIT);
    this.reads = new ListReads(many);
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
  public List<Job> find(Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Job> found = new ArrayList<>();
    MongoErrors.run(
        "reading %d jobs".formatted(ids.size()),
        () ->
            ById.find(jobs, JobFilters.ids(ids), ids.size())
                .forEach(document -> JobDocuments.job(document).ifPresent(found::add)));
    return found;
  }

  @Override
  public JobPage<Job> page(JobFilter filter, @Nullable JobId after, int limit, long maxBytes) {
    return bounded(
        "listing jobs",
        () ->
            new PageReader<>(many, reads.ofList(filter), limit, maxBytes, null, JobDocuments::job)
                .after(after));
  }

  @Override
  public JobPage<JobSummary> summaries(JobFilter filter, @Nullable JobId after, int limit) {
    return bounded(
        "listing jobs",
        () ->
            new PageReader<>(
                    many,
                    reads.ofList(filter),
                    limit,
                    Long.MAX_VALUE,
                    SUMMARY,
                    JobDocuments::summary)
                .after(after));
  }

  @Override
  public long count(JobFilter filter, int most) {
    return bounded(
        "counting jobs",
        () -> {
          long found = 0;
          for (Document read : reads.ofCount(filter)) {
            if (found < most) {
              CountOptions rest = new CountOptions().limit((int) (most - found));
              found += many.countDocuments(read, rest);
            }
          }
          return found;
        });
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
            ById.find(jobs, JobFilters.ids(ids), ids.size())
                .projection(ATTEMPTS)
                .forEach(document ->
                    JobDocuments.firstFailure(document)
                        .ifPresent(date -> found.put(JobDocuments.id(document), date))));
    return found;
  }

  @Override
  public List<String> queues(String prefix, int limit) {
    return bounded(
        "reading the names of queues",
        () -> {
          // A range and not a pattern, so that no text is read as an operator.
          Document range = new Document(JobFields.QUEUE, TextRange.beginningWith(prefix));
          return names(values(JobFields.QUEUE, range), prefix, limit);
        });
  }

  /** One command for all queues, and one for each: an index leaps from name to name in a queue. */
  @Override
  public List<String> paths(String prefix, int limit) {
    return bounded(
        "reading the names of tasks",
        () -> {
          List<BsonValue> queues = values(JobFields.QUEUE, new Document());
          List<BsonValue> paths = new ArrayList<>();
          queues.forEach(
              queue -> paths.addAll(values(JobFields.PATH, new Document(JobFields.QUEUE, queue))));
          return names(paths, prefix, limit);
        });
  }

  private List<BsonValue> values(String field, Document filter) {
    return many.distinct(field, filter, BsonValue.class).into(new ArrayList<>());
  }

  private static List<String> names(List<BsonValue> values, String prefix, int limit) {
    return values.stream()
        // Where a document holds a list, each of its elements is a value of its own.
        .filter(BsonValue::isString)
        .map(name -> name.asString().getValue())
        .filter(name -> name.startsWith(prefix))
        .distinct()
        .sorted()
        .limit(limit)
        .toList();
  }

  /**
   * Calls the driver, and says so when the server gave up.
   *
   * @param doing completes the sentence "MongoDB did not answer while …"
   * @throws QueryTooSlowException when the question took longer than {@link #LIMIT}
   */
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
