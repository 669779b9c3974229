package io.mrq.mongo.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import io.mrq.job.Claim;
import io.mrq.job.Completion;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import io.mrq.job.JobTransition;
import io.mrq.job.NewJob;
import io.mrq.job.ReadyJob;
import io.mrq.job.Run;
import io.mrq.job.WorkerId;
import io.mrq.mongo.collection.ById;
import io.mrq.mongo.collection.RepeatableInsert;
import io.mrq.mongo.collection.StoreCollections;
import io.mrq.mongo.error.MongoErrors;
import io.mrq.mongo.job.EncodedCompletion;
import io.mrq.mongo.job.JobChanges;
import io.mrq.mongo.job.JobCodec;
import io.mrq.mongo.job.JobDocuments;
import io.mrq.mongo.job.JobFields;
import io.mrq.mongo.job.JobFilters;
import io.mrq.mongo.job.JobUpdates;
import io.mrq.mongo.job.QueuePlaces;
import io.mrq.mongo.job.ReadyJobs;
import io.mrq.mongo.job.StoredRuns;
import io.mrq.store.CompletionReply;
import io.mrq.store.JobStore;
import io.mrq.store.PreparedCompletion;
import io.mrq.store.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.codecs.configuration.CodecRegistries;

/**
 * Enqueue, claim and completion of jobs, on MongoDB. Round trips of a call, however many jobs it is
 * for (up to the size of a message, 48 MB):
 *
 * <ul>
 *   <li>{@code insert}, {@code withdraw}, {@code claim} of one or many, {@code claimed}, {@code
 *       complete}, {@code states}, {@code runsOf}: 1
 *   <li>{@code queued}: 1 for every {@value #MAX_QUEUES} queues
 *   <li>{@code resume}, {@code returnUnknown}, {@code giveBack}: 2; {@code park}: 1
 *   <li>{@code claim}, {@code resume}, {@code returnUnknown}, {@code giveBack}: a few more when the
 *       document of a job does not allow the change, see {@link JobChanges}
 *   <li>{@code progress}: 1, and 1 more when a run is not stored any more
 *   <li>{@code prepare}, and any call with an empty collection: 0
 * </ul>
 */
public final class MongoJobStore implements JobStore {
  /** More than most workers run at once, so that one batch is enough. */
  private static final int RUNS_BATCH_SIZE = 1000;

  /**
   * The most queues in one read by order: MongoDB merges 200 parts of an index at most, and a queue
   * is up to three.
   */
  private static final int MAX_QUEUES = 60;

  private static final Comparator<ReadyJob> BY_ORDER =
      Comparator.comparing(ReadyJob::order).thenComparing(ReadyJob::id);

  private static final FindOneAndUpdateOptions CLAIM_ONE =
      new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER).hint(ById.INDEX);

  private final MongoCollection<RawBsonDocument> jobs;
  private final MongoCollection<JobCodec.Found> decodedJobs;
  private final JobChanges changes;
  private final RunReturns returns;
  private final ProgressWrites progress;

  public MongoJobStore(StoreCollections collections) {
    this.jobs = collections.jobs();
    this.decodedJobs =
        jobs.withDocumentClass(JobCodec.Found.class)
            .withCodecRegistry(
                CodecRegistries.fromRegistries(
                    CodecRegistries.fromCodecs(new JobCodec()), jobs.getCodecRegistry()));
    this.changes = new JobChanges(jobs);
    this.returns = new RunReturns(jobs, changes);
    this.progress = new ProgressWrites(jobs);
  }

  @Override
  public void insert(Collection<NewJob> newJobs) {
    if (newJobs.isEmpty()) {
      return;
    }
    List<RawBsonDocument> documents = newJobs.stream().map(JobDocuments::of).toList();
    MongoErrors.run(
        "storing %d jobs".formatted(documents.size()),
        () -> RepeatableInsert.many(jobs, documents));
  }

  @Override
  public long withdraw(Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return 0;
    }
    Document neverClaimed =
        JobFilters.ids(ids)
            .append(
                JobFields.STATUS,
                JobFilters.any(
                    Set.of(JobTransition.ENQUEUE.to(), JobTransition.ENQUEUE_DELAYED.to())))
            .append(JobFields.DATESTARTED, new Document("$exists", false));
    return MongoErrors.answer(
        "withdrawing %d jobs".formatted(ids.size()),
        () -> jobs.deleteMany(neverClaimed, ById.delete()).getDeletedCount());
  }

  @Override
  public long claim(Claim claim, String queue, Collection<JobId> ids, Instant now) {
    if (ids.isEmpty()) {
      return 0;
    }
    Document filter = claimable(JobFilters.anyId(ids), queue);
    Document update = JobUpdates.claimed(claim, now);
    return MongoErrors.answer(
        "claiming %d jobs".formatted(ids.size()),
        () -> {
          JobChanges.Changed changed = changes.apply(filter, List.of(update), now);
          return changed.oneByOne()
              ? jobs.countDocuments(held(claim, ids), ById.count())
              : changed.matched();
        });
  }

  @Override
  public Optional<Job> claim(Claim claim, String queue, JobId id, Instant now) {
    Document filter = claimable(JobFilters.id(id), queue);
    Document update = JobUpdates.claimed(claim, now);
    return MongoErrors.answer(
        "claiming a job",
        () -> {
          try {
            return Optional.ofNullable(decodedJobs.findOneAndUpdate(filter, update, CLAIM_ONE))
                .flatMap(JobCodec.Found::job);
          } catch (MongoCommandException e) {
            if (!MongoErrors.isRefusal(e)) {
              throw e;
            }
            // This document does not allow the change: the claim of many knows what to do with it.
            List<JobId> ids = List.of(id);
            claim(claim, queue, ids, now);
            return claimed(claim, ids).stream().findFirst();
          }
        });
  }

  private static Document claimable(Object id, String queue) {
    return new Document(JobFields.ID, id)
        .append(JobFields.STATUS, JobFilters.leaving(JobTransition.CLAIM))
        .append(JobFields.QUEUE, queue);
  }

  private static Document held(Claim claim, Collection<JobId> ids) {
    return JobFilters.fence(JobFilters.anyId(ids), claim, JobTransition.CLAIM.to().text());
  }

  @Override
  public List<Job> claimed(Claim claim, Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    List<Job> found = new ArrayList<>(ids.size());
    MongoErrors.run(
        "loading claimed jobs",
        () ->
            ById.find(decodedJobs, held(claim, ids), ids.size())
                .forEach(document -> document.job().ifPresent(found::add)));
    return found;
  }

  @Override
  public List<ReadyJob> queued(Collection<String> queues, int limit) {
    if (queues.isEmpty() || limit <= 0) {
      return List.of();
    }
    List<String> names = List.copyOf(queues);
    List<ReadyJob> found = new ArrayList<>();
    for (int from = 0; from < names.size(); from += MAX_QUEUES) {
      List<String> some = names.subList(from, Math.min(names.size(), from + MAX_QUEUES));
      found.addAll(
          ReadyJobs.read(
              "looking for queued jobs",
              jobs.find(QueuePlaces.waiting(anyOf(some))).sort(ReadyJobs.ORDER),
              limit));
    }
    return names.size() <= MAX_QUEUES
        ? found
        : found.stream().sorted(BY_ORDER).limit(limit).toList();
  }

  private static Object anyOf(List<String> queues) {
    return queues.size() == 1 ? queues.getFirst() : new Document("$in", queues);
  }

  @Override
  public PreparedCompletion prepare(Completion completion) {
    return EncodedCompletion.of(completion);
  }

  @Override
  public CompletionReply complete(List<PreparedCompletion> completions) {
    if (completions.isEmpty()) {
      return new CompletionReply(0, Map.of());
    }
    List<UpdateOneModel<RawBsonDocument>> writes =
        completions.stream().map(MongoJobStore::write).toList();
    return MongoErrors.answer(
        "completing %d runs".formatted(writes.size()),
        () -> {
          try {
            long matched =
                jobs.bulkWrite(writes, new BulkWriteOptions().ordered(false)).getMatchedCount();
            return new CompletionReply(matched, Map.of());
          } catch (MongoBulkWriteException e) {
            return withoutRefused(e);
          }
        });
  }

  private static UpdateOneModel<RawBsonDocument> write(PreparedCompletion prepared) {
    if (prepared instanceof EncodedCompletion encoded) {
      return new UpdateOneModel<>(encoded.filter(), encoded.update(), ById.update());
    }
    throw new IllegalArgumentException("another store prepared this completion: " + prepared);
  }

  private static CompletionReply withoutRefused(MongoBulkWriteException e) {
    if (e.getWriteConcernError() != null
        || !e.getWriteErrors().stream().allMatch(MongoErrors::isRefusal)) {
      throw e;
    }
    Map<Integer, String> refused = new HashMap<>();
    e.getWriteErrors().forEach(error -> refused.put(error.getIndex(), MongoErrors.reason(error)));
    return new CompletionReply(e.getWriteResult().getMatchedCount(), refused);
  }

  @Override
  public List<Run> progress(Map<Run, Double> ratios) {
    return progress.write(ratios, this::states);
  }

  @Override
  public Map<JobId, RunState> states(Collection<JobId> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<JobId, RunState> states = new HashMap<>();
    MongoErrors.run(
        "reading the states of %d jobs".formatted(ids.size()),
        () ->
            ById.find(jobs, JobFilters.ids(ids), ids.size())
                .projection(StoredRuns.STATE)
                .forEach(document ->
                    StoredRuns.state(document)
                        .ifPresent(state -> states.put(JobDocuments.id(document), state))));
    return states;
  }

  @Override
  public List<ReadyJob> resume(Collection<Run> runs, Instant now) {
    return returns.resume(runs, now);
  }

  @Override
  public List<Run> runsOf(WorkerId worker) {
    Document filter =
        new Document(JobFields.STATUS, JobStatus.STARTED.text())
            .append(JobFields.WORKER, JobFilters.id(worker));
    List<Run> runs = new ArrayList<>();
    MongoErrors.run(
        "reading the runs of a worker",
        () ->
            jobs.find(filter)
                .projection(StoredRuns.STATE)
                .batchSize(RUNS_BATCH_SIZE)
                .forEach(document -> run(document, worker).ifPresent(runs::add)));
    return runs;
  }

  private static Optional<Run> run(RawBsonDocument document, WorkerId worker) {
    return StoredRuns.state(document)
        .flatMap(state -> Optional.ofNullable(state.claim()))
        .map(token -> new Run(JobDocuments.id(document), new Claim(worker, token)));
  }

  @Override
  public List<ReadyJob> returnUnknown(Collection<Run> runs, Instant now) {
    return returns.returnUnknown(runs, now);
  }

  @Override
  public List<ReadyJob> giveBack(Collection<Run> runs, Instant now) {
    return returns.giveBack(runs, now);
  }

  @Override
  public void park(Claim claim, Map<JobId, String> paths, Instant now) {
    returns.park(claim, paths, now);
  }
}
