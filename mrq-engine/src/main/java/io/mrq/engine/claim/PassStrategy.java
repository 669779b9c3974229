package io.mrq.engine.claim;

import io.mrq.queue.QueueSelection.Servable;
import java.util.List;

/** In which order a pass goes over the queues of a worker, and how it shares the free slots. */
interface PassStrategy {
  /** The queues of the next pass, first to last. */
  List<Servable> order(List<Servable> open);

  /**
   * How many slots the next queue of the pass may use.
   *
   * @param free how many slots are free now
   * @param queuesLeft how many queues the pass has not looked into yet, including this one
   */
  int maxSlots(int free, int queuesLeft);
}
