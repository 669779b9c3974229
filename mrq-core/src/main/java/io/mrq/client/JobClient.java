package io.mrq.client;

import io.mrq.await.AwaitTimeoutException;
import io.mrq.await.JobNotFoundException;
import io.mrq.await.JobWaits;
import io.mrq.dispatch.JobDispatcher;
import io.mrq.job.InvalidJobException;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.job.NewJob;
import io.mrq.key.IdempotencyKey;
import io.mrq.key.JobKeys;
import io.mrq.key.KeyReusedException;
import io.mrq.query.JobQueries;
import io.mrq.store.JobStore;
import io.mrq.store.StoreUnavailableException;
import io.mrq.task.Task;
import io.mrq.task.TaskCatalog;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Enqueues jobs, and waits for them. With the Spring Boot starter it is a bean:
 *
 * <pre>{@code
 * JobHandle<Receipt> job = client.enqueue(Billing::invoice, new Invoice("c-17", 3));
 * Receipt receipt = job.result(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p>A task is named by its Java code, as here, or by its path, as in {@code
 * JobRequest.of("billing.invoice").param("customer", "c-17")}, which needs no code of the task.
 *
 * <p>When a method returns, the job is stored and will be run, whatever dies afterwards. A call
 * waits for the job store only: the dispatch index is told in the background, and may be away. A
 * job that is enqueued by a running job has that one as its {@code parent}.
 *
 * <p>Methods throw {@link InvalidJobException} for a field that is wrong; then nothing is stored.
 * They throw {@link StoreUnavailableException} when the store does not answer; then the job may or
 * may not be stored, so enqueue again only with an idempotency key, or where running it twice is
 * fine. A client may be used by many threads.
 */
public final class JobClient {
  private static final int MAX_BATCH = 1000;

  private final InstantSource clock;
  private final JobDrafting drafting;
  private final JobSender sender;
  private final KeyedEnqueuer keyed;
  private final JobWaits waits;
  private final JobHandle.Context handles;

  /**
   * What a client needs of the stores.
   *
   * @param jobs stores the jobs
   * @param queries finds the job of a key
   * @param keys stores idempotency keys
   * @param dispatcher tells the dispatch index of jobs that are ready
   */
  public record Ports(JobStore jobs, JobQueries queries, JobKeys keys, JobDispatcher dispatcher) {}

  /**
   * Those who watch a client.
   *
   * @param events hears of every job; what it throws is logged
   * @param tracing makes the traces that go with jobs; what it throws is logged
   */
  public record Observers(EnqueueEvents events, SendTracing tracing) {
    /** Nobody watches. */
    public static final Observers NONE = new Observers(EnqueueEvents.NONE, SendTracing.NONE);
  }

  /**
   * Makes a client that takes no tasks by their Java code, only by their paths.
   *
   * @param tasks tells the queue of a job that names none; may know no task
   * @param clock the time of all workers and clients
   * @param background runs what no caller waits for, such as {@code Thread::startVirtualThread}
   */
  public JobClient(
      Ports ports,
      TaskCatalog tasks,
      Observers observers,
      InstantSource clock,
      Executor background) {
    this(ports, tasks, TypedTasks.NONE, observers, clock, background);
  }

  /**
   * Makes a client. Applications of the Spring Boot starter get one as a bean.
   *
   * @param tasks tells the queue of a job that names none; may know no task
   * @param typed reads and writes what tasks take and return as Java objects
   * @param clock the time of all workers and clients
   * @param background runs what no caller waits for, each in a thread of its own, such as {@code
   *     Thread::startVirtualThread}
   */
  public JobClient(
      Ports ports,
      TaskCatalog tasks,
      TypedTasks typed,
      Observers observers,
      InstantSource clock,
      Executor background) {
    EnqueueEvents events = EnqueueEvents.all(List.of(observers.events()));
    this.clock = clock;
    this.drafting = new JobDrafting(tasks);
    this.sender = new JobSender(ports.jobs(), ports.dispatcher(), events, observers.tracing());
    this.keyed = new KeyedEnqueuer(ports.keys(), ports.queries(), sender, events, background);
    this.waits = new JobWaits(ports.jobs(), ports.queries(), background);
    this.handles = new JobHandle.Context(typed, waits, background);
  }

  /**
   * Enqueues one job of a task that is a method, such as {@code Mails::welcome}, with every
   * default. For more than the params, keep a {@link TaskReference} and enqueue a request of it. It
   * throws what {@link #enqueue(TaskRequest)} throws.
   */
  public <B, P extends @Nullable Object, R> JobHandle<R> enqueue(
      TaskMethod.WithParams<B, P, R> task, P params) {
    return enqueue(TaskReference.to(task).with(params));
  }

  /**
   * Enqueues one job of a task that is a method without a result, with every default. It throws
   * what {@link #enqueue(TaskRequest)} throws.
   */
  public <B, P extends @Nullable Object> JobHandle<Void> enqueue(
      TaskMethod.WithParamsOnly<B, P> task, P params) {
    return enqueue(TaskReference.to(task).with(params));
  }

  /**
   * Enqueues one job of a task that is a class, with every default. It throws what {@link
   * #enqueue(TaskRequest)} throws.
   */
  public <P extends @Nullable Object, R> JobHandle<R> enqueue(
      Class<? extends Task<P, R>> task, P params) {
    return enqueue(TaskReference.to(task).with(params));
  }

  /**
   * Enqueues one job of a task that is named by its Java code.
   *
   * @return the stored job
   * @throws IllegalArgumentException when the code is no task, or does not tell its path
   * @throws InvalidJobException when the params cannot be stored, or a field is wrong
   * @throws StoreUnavailableException when the store does not answer
   */
  public <R> JobHandle<R> enqueue(TaskRequest<R> request) {
    return handle(request.task(), enqueue(untyped(request)).id());
  }

  /**
   * Enqueues a job of a task that is named by its Java code, once for a key, see {@link
   * #enqueueOnce(JobRequest, IdempotencyKey)}.
   *
   * @return the job of this call or of an earlier one
   */
  public <R> JobHandle<R> enqueueOnce(TaskRequest<R> request, IdempotencyKey key) {
    return handle(request.task(), enqueueOnce(untyped(request), key).id());
  }

  /**
   * Enqueues a job of the same task for each of these params, see {@link #enqueueAll(List)}.
   *
   * @return the stored jobs, in the order of the params; empty for no params
   */
  public <P extends @Nullable Object, R> List<JobHandle<R>> enqueueAll(
      TaskReference<P, R> task, Collection<? extends P> params) {
    List<JobRequest> requests = params.stream().map(each -> untyped(task.with(each))).toList();
    return enqueueAll(requests).stream().map(id -> handle(task, id)).toList();
  }

  /**
   * Returns a request by the task's path that asks for the same job.
   *
   * @throws IllegalArgumentException when the code is no task, or does not tell its path
   * @throws InvalidJobException when the params cannot be stored
   */
  public JobRequest untyped(TaskRequest<?> request) {
    return request.untyped(handles.tasks());
  }

  /**
   * Returns a handle of a job that was enqueued before, here or in another process. This reads
   * nothing: whether there is such a job, and whether it is one of this task, is not checked.
   */
  public <R> JobHandle<R> handle(TaskReference<?, R> task, JobId id) {
    return new JobHandle<>(id, task, handles);
  }

  /**
   * Waits until a job has ended.
   *
   * <p>All who wait in this process share the reads: as long as somebody waits, their statuses are
   * read together by one command for each 1,000 jobs, and one more loads those which have ended.
   * The first read for a caller is at once, the next after 50 ms, and then they become fewer until
   * it is one a second; there are never more than 20 a second, however many callers come. A job
   * that took long is noticed up to a second late. While the store does not answer, callers wait
   * on.
   *
   * <p>The calling thread waits, a virtual one at no cost; {@link JobHandle#future()} has no thread
   * wait. A job that waits for another one keeps its slot of the worker meanwhile.
   *
   * @param timeout how long at most, more than zero
   * @return the job with its final status, whichever that is
   * @throws JobNotFoundException when there is no such job, or it has ended and was deleted
   * @throws AwaitTimeoutException when it has not ended in time; the job goes on
   * @throws IllegalStateException when the client was closed
   * @throws InterruptedException when this thread is interrupted
   */
  public Job await(JobId id, Duration timeout) throws InterruptedException {
    return waits.await(id, timeout);
  }

  /**
   * Enqueues one job.
   *
   * @return the id and the status of the stored job; {@link Enqueued#created()} is true
   * @throws InvalidJobException when a field of the request is wrong
   * @throws StoreUnavailableException when the store does not answer
   */
  public Enqueued enqueue(JobRequest request) {
    NewJob job = drafting.draft(request, clock.instant());
    sender.send(job);
    return new Enqueued(job.id(), job.status(), true);
  }

  /**
   * Enqueues many jobs, in order. All requests are checked before the first job is stored. Of up to
   * 1,000 jobs all are stored or none; more are stored in batches of 1,000.
   *
   * @return the ids of the jobs, in the order of the requests; empty for no requests
   * @throws InvalidBatchException naming the first request that is wrong; nothing is stored
   * @throws PartlyEnqueuedException when a batch after the first could not be stored; it tells
   *     which jobs are
   * @throws StoreUnavailableException when the store does not answer
   */
  public List<JobId> enqueueAll(List<JobRequest> requests) {
    List<NewJob> jobs = drafts(requests, clock.instant());
    for (int from = 0; from < jobs.size(); from += MAX_BATCH) {
      List<NewJob> batch = jobs.subList(from, Math.min(jobs.size(), from + MAX_BATCH));
      try {
        sender.sendAll(batch);
      } catch (RuntimeException e) {
        throw from == 0 ? e : partly(jobs, from, e);
      }
    }
    return jobs.stream().map(NewJob::id).toList();
  }

  /**
   * Checks requests as {@link #enqueueAll} does, and stores nothing.
   *
   * @throws InvalidBatchException naming the first request that is wrong
   */
  public void check(List<JobRequest> requests) {
    drafts(requests, clock.instant());
  }

  /**
   * Enqueues a job once for a key: the same request with the same key answers with the job of the
   * first call, even if the first caller died half way. A key is kept for a day from the moment at
   * which its job may run, whether or not the job itself is kept that long.
   *
   * @return the job of this call or of an earlier one, see {@link Enqueued#created()}
   * @throws KeyReusedException when the key was used for another request; nothing is stored
   * @throws InvalidJobException when a field of the request is wrong
   * @throws StoreUnavailableException when the store does not answer; it is safe to call again
   */
  public Enqueued enqueueOnce(JobRequest request, IdempotencyKey key) {
    Instant now = clock.instant();
    return keyed.enqueue(drafting.draft(request, now), key, now);
  }

  /**
   * Takes a key for many jobs, whose number need not be known yet. Make their ids of the id that
   * this method returns and of what tells one job from the next, and enqueue them with {@link
   * #enqueueUnder}: then each of them is enqueued once, however often it is tried with this key.
   *
   * @return an id of no job; the same for a day from the first call with this key
   * @throws KeyReusedException when the key was used with another body
   * @throws StoreUnavailableException when the store does not answer; it is safe to call again
   */
  public JobId rootOf(IdempotencyKey key) {
    return keyed.root(key, clock.instant());
  }

  /**
   * Enqueues jobs under ids that the caller has chosen, for a caller that may have to try again: a
   * job whose id is taken counts as enqueued, and stays as it is. So however often and by however
   * many processes this is called, each id is one job. When it fails, some may be stored. Those who
   * watch the client are told of every job, also of one whose id was taken.
   *
   * @param jobs what to enqueue, by the ids
   * @param now when they are enqueued, which gives them their places in their queues
   * @throws InvalidBatchException naming the first request that is wrong; nothing is stored
   * @throws StoreUnavailableException when the store does not answer; it is safe to call again
   */
  public void enqueueUnder(Map<JobId, JobRequest> jobs, Instant now) {
    sendUnder(jobs, now, sender::sendAgain);
  }

  /**
   * Enqueues jobs of slots of schedules, as {@link #enqueueUnder} does. Those who watch the client
   * are told so, see {@link EnqueueEvents#scheduled}.
   */
  public void enqueueSlots(Map<JobId, JobRequest> jobs, Instant now) {
    sendUnder(jobs, now, sender::sendSlots);
  }

  private void sendUnder(Map<JobId, JobRequest> jobs, Instant now, Consumer<List<NewJob>> send) {
    List<NewJob> drafts = drafts(List.copyOf(jobs.values()), now);
    Iterator<JobId> ids = jobs.keySet().iterator();
    List<NewJob> named = drafts.stream().map(draft -> draft.withId(ids.next())).toList();
    for (int from = 0; from < named.size(); from += MAX_BATCH) {
      send.accept(named.subList(from, Math.min(named.size(), from + MAX_BATCH)));
    }
  }

  /**
   * Waits, for a second at most, until the jobs of all idempotency keys are noted as stored. {@link
   * #close()} does so as well.
   */
  public void flush() {
    keyed.flush();
  }

  /**
   * Ends all waits for jobs, and notes what is left to be noted. Call it before the connections of
   * the store are closed; the starter does.
   */
  public void close() {
    waits.close();
    flush();
  }

  private List<NewJob> drafts(List<JobRequest> requests, Instant now) {
    List<NewJob> jobs = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      try {
        jobs.add(drafting.draft(requests.get(i), now));
      } catch (InvalidJobException e) {
        throw new InvalidBatchException(i, e);
      }
    }
    return jobs;
  }

  private static PartlyEnqueuedException partly(List<NewJob> jobs, int stored, RuntimeException e) {
    return new PartlyEnqueuedException(
        jobs.subList(0, stored).stream().map(NewJob::id).toList(), jobs.size(), e);
  }
}
