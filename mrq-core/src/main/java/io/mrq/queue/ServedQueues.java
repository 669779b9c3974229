package io.mrq.queue;

import io.mrq.job.InvalidJobException;
import io.mrq.queue.QueueSelection.Exact;
import io.mrq.queue.QueueSelection.Prefix;
import io.mrq.queue.QueueSelection.Raw;
import io.mrq.queue.QueueSelection.Reverse;
import io.mrq.queue.QueueSelection.Servable;
import java.util.List;

/**
 * The queues that one worker serves.
 *
 * @param selections at least one, in the order in which the worker looks into them
 */
public record ServedQueues(List<Servable> selections) {
  public ServedQueues {
    selections = List.copyOf(selections);
    if (selections.isEmpty()) {
      throw new IllegalArgumentException("a worker needs at least one queue");
    }
  }

  /**
   * Reads the queues from a worker's settings.
   *
   * @param names at least one, each as {@link QueueSelection#parse} reads it
   * @throws InvalidJobException if a name is illegal, or is that of a raw queue
   * @throws IllegalArgumentException if there is no name, or one is of a kind that workers do not
   *     serve
   */
  public static ServedQueues of(List<String> names) {
    return new ServedQueues(
        names.stream()
            .map(QueueName::legal)
            .map(QueueSelection::parse)
            .map(ServedQueues::servable)
            .toList());
  }

  /** The names, as they are written in settings and in the worker's document. */
  public List<String> names() {
    return selections.stream().map(QueueSelection::text).toList();
  }

  private static Servable servable(QueueSelection selection) {
    return switch (selection) {
      case Exact exact -> exact;
      case Raw(String queue) -> throw QueueName.rawQueue(queue);
      case Prefix(String text) ->
          throw new IllegalArgumentException(
              "the queue '%s' ends in a slash: workers of Python MRQ read it as all queues with this prefix, but this worker serves only queues that are named one by one"
                  .formatted(text));
      case Reverse reverse ->
          throw new IllegalArgumentException(
              "the queue '%s' ends in _reverse: workers of Python MRQ take the last jobs of '%s' first, but this worker supports no such order; name the queue itself"
                  .formatted(reverse.text(), reverse.queue()));
    };
  }
}
