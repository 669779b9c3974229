package io.mrq.engine.claim;

import io.mrq.queue.QueueSelection.Servable;
import java.util.List;

/** In which order a pass goes over the queues of a worker, and how it shares the room. */
interface PassStrategy {
  /** The queues of the next pass, first to last. */
  List<Servable> order(List<Servable> open);

  /**
   * How many places the next queue of the pass may use.
   *
   * @param room how many places are free now
   * @param queuesLeft how many queues the pass has not looked into yet, including this one
   */
  int maxPlaces(int room, int queuesLeft);
}
