package io.mrq.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.InvalidJobException;
import io.mrq.queue.QueueSelection.Exact;
import io.mrq.queue.QueueSelection.Servable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServedQueuesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        QueueName.DEFAULT,
        "mails/slow",
        "A.b_c:d/e-9",
        "reverse",
        "x_reversed",
        "x_reverse/y",
        "rawhide",
        "dataset",
        "parent/child_raw"
      })
  void aQueueThatIsNamedByItselfIsServed(String name) {
    ServedQueues served = ServedQueues.of(List.of(name));

    assertThat(served.selections()).containsExactly(new Exact(name));
    assertThat(served.names()).containsExactly(name);
  }

  @Test
  void theirOrderIsKeptAndSoIsANameThatComesTwice() {
    List<String> names = List.of("urgent", "default", "bulk", "default");

    ServedQueues served = ServedQueues.of(names);

    assertThat(served.names()).isEqualTo(names);
    assertThat(served.selections()).extracting(Servable::queue).isEqualTo(names);
  }

  // BUG-53
  @ParameterizedTest
  @ValueSource(strings = {"main/", "main/sub/", "/", "x_reverse/", "x_raw/"})
  void aPrefixIsRefused(String name) {
    assertThatThrownBy(() -> ServedQueues.of(List.of("default", name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'%s' ends in a slash".formatted(name))
        .hasMessageContaining("serves only queues that are named one by one");
  }

  // BUG-53
  @ParameterizedTest
  @CsvSource({"low_reverse, low", "main/sub_reverse, main/sub", "x_raw_reverse, x_raw"})
  void anotherOrderIsRefused(String name, String queue) {
    assertThatThrownBy(() -> ServedQueues.of(List.of("default", name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'%s' ends in _reverse".formatted(name))
        .hasMessageContaining("the last jobs of '%s' first".formatted(queue));
  }

  // QUE-01, BUG-53
  @ParameterizedTest
  @ValueSource(strings = {"x_raw", "x_set", "x_sorted_set", "x_timed_set", "_raw", "x_raw/sub"})
  void aRawQueueIsRefused(String name) {
    assertThatThrownBy(() -> ServedQueues.of(List.of("default", name)))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("'%s' is a raw queue".formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "not a queue", "größe", "größe/", "a b_reverse"})
  void anIllegalNameIsRefused(String name) {
    assertThatThrownBy(() -> ServedQueues.of(List.of("default", name)))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageContaining("1 to 100 characters");
  }

  @Test
  void noQueueIsRefused() {
    assertThatThrownBy(() -> ServedQueues.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a worker needs at least one queue");
  }
}
