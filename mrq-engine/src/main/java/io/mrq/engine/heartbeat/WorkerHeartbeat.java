package io.mrq.engine.heartbeat;

import io.mrq.engine.event.WorkerEvent;
import io.mrq.engine.event.WorkerEvents;
import io.mrq.job.WorkerId;
import io.mrq.store.StoreUnavailableException;
import io.mrq.worker.WorkerStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beats once a second in the worker's document, where a rescuer would mark it lost. The reply tells
 * whether the lease still holds, and whether an operator wants the worker to drain.
 */
public final class WorkerHeartbeat {
  private static final Logger log = LoggerFactory.getLogger(WorkerHeartbeat.class);

  private final WorkerStore store;
  private final WorkerLease lease;
  private final Supplier<Map<String, @Nullable Object>> report;
  private final Consumer<WorkerId> lost;
  private final WorkerEvents events;
  private final Duration period;
  private final LongSupplier nanos;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private volatile boolean registered;
  private volatile boolean draining;

  /**
   * Creates a heartbeat.
   *
   * @param report the whole document of the worker, for its registration
   * @param lost called with the id of a lost lease, under which nothing may run any more
   */
  public WorkerHeartbeat(
      WorkerStore store,
      WorkerLease lease,
      Supplier<Map<String, @Nullable Object>> report,
      Consumer<WorkerId> lost,
      WorkerEvents events,
      Duration period,
      LongSupplier nanos) {
    this.store = store;
    this.lease = lease;
    this.report = report;
    this.lost = lost;
    this.events = events;
    this.period = period;
    this.nanos = nanos;
  }

  /** Whether an operator asked this worker to drain. */
  public boolean isDraining() {
    return draining;
  }

  public Duration step() {
    beat();
    return period;
  }

  /**
   * Beats if the last acknowledged beat is old; answers whether the lease is proven, so that jobs
   * may be claimed.
   */
  public boolean ensureFresh() {
    if (!lease.isFresh()) {
      beat();
    }
    return lease.isFresh();
  }

  private void beat() {
    oneAtATime.lock();
    try {
      // If the lease or its document was lost, the next one is registered and proven at once.
      if (!prove()) {
        prove();
      }
      events.on(new WorkerEvent.Beat(true));
    } catch (StoreUnavailableException e) {
      events.on(new WorkerEvent.Beat(false));
      throw e;
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Beats once; answers whether the store still has the lease. */
  private boolean prove() {
    if (!registered) {
      store.register(lease.id(), wholeReport());
      registered = true;
    }
    long sent = nanos.getAsLong();
    return switch (store.beat(lease.id())) {
      case WorkerStore.BeatReply.Alive(boolean drain) -> {
        lease.acknowledge(sent);
        noteDrain(drain);
        yield true;
      }
      case WorkerStore.BeatReply.Absent() -> {
        registered = false;
        yield false;
      }
      case WorkerStore.BeatReply.Lost() -> {
        leaseLost();
        yield false;
      }
    };
  }

  /** A worker that drains goes on draining under its next id. */
  private Map<String, @Nullable Object> wholeReport() {
    Map<String, @Nullable Object> document = report.get();
    if (draining) {
      document.put("drain", true);
    }
    return document;
  }

  private void noteDrain(boolean drain) {
    if (drain && !draining) {
      log.info(
          "an operator asked this worker to drain: it claims no more jobs until that is undone");
    } else if (!drain && draining) {
      log.info("an operator ended the drain: this worker claims jobs again");
    }
    draining = drain;
  }

  private void leaseLost() {
    WorkerId old = lease.id();
    log.warn(
        "the lease of this worker was lost: it sent no heartbeat for too long, so its jobs were given to other workers. It interrupts its runs and goes on under a new id. If this happens often, look for long pauses of this process or of its connection to MongoDB");
    events.on(new WorkerEvent.LeaseLost());
    lease.renew();
    registered = false;
    lost.accept(old);
  }
}
