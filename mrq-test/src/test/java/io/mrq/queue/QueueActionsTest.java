package io.mrq.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.job.InvalidJobException;
import io.mrq.test.MutableClock;
import io.mrq.test.memory.InMemoryStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueActionsTest {
  private final MutableClock clock = MutableClock.create();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final QueueActions actions = new QueueActions(store.pauses(), clock);

  // QUE-16
  @Test
  void aNameWithOneSlashAtItsEndIsItsRoot() {
    actions.pause("q/", "operator", "why");

    assertThat(actions.paused())
        .containsExactly(new QueuePause("q", "operator", "why", clock.instant()));
    assertThat(store.pauses().paused()).containsExactly("q");
    assertThat(actions.resume("q/")).isFalse();
    assertThat(actions.paused()).isEmpty();
  }

  // QUE-16
  @Test
  void aSubqueueIsPausedAlone() {
    actions.pause("q/sub", "operator", "");
    actions.pause("q/sub/", "operator", "");

    assertThat(store.pauses().paused()).containsExactlyInAnyOrder("q/sub", "q/sub/");
    assertThat(pausing("q/sub")).isEqualTo("q/sub");
    assertThat(pausing("q/other")).isEmpty();
    assertThat(pausing("q")).isEmpty();
  }

  // QUE-11, QUE-17
  @Test
  void aSubqueueIsPausedByItsRootToo() {
    actions.pause("q", "operator", "");

    assertThat(pausing("q")).isEqualTo("q");
    assertThat(pausing("q/sub")).isEqualTo("q");
    assertThat(pausing("queue")).isEmpty();
    assertThat(actions.resume("q/sub")).as("its root is still paused").isTrue();
  }

  @Test
  void aNameThatNoQueueHasIsRefused() {
    for (String name : List.of("", " ", "q".repeat(201))) {
      assertThatThrownBy(() -> actions.pause(name, "operator", ""))
          .isInstanceOf(InvalidJobException.class);
      assertThatThrownBy(() -> actions.resume(name)).isInstanceOf(InvalidJobException.class);
    }
    assertThat(actions.paused()).isEmpty();
  }

  private String pausing(String queue) {
    return QueueActions.pauseOf(queue, actions.paused()).map(QueuePause::queue).orElse("");
  }
}
