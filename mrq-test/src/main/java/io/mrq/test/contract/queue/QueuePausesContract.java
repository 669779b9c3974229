package io.mrq.test.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.queue.QueuePause;
import io.mrq.test.contract.StoreContract;
import io.mrq.test.contract.UnusualNames;
import org.junit.jupiter.api.Test;

/** What {@code QueuePauses} do. */
public abstract class QueuePausesContract extends StoreContract {

  @Test
  void aQueueIsPausedUntilItIsResumed() {
    assertThat(ports.pauses().paused()).isEmpty();

    ports.pauses().pause("mails", "ann", "provider down", NOW);
    ports.pauses().pause("mails/slow", "ann", "provider down", NOW);
    assertThat(ports.pauses().paused()).containsExactlyInAnyOrder("mails", "mails/slow");

    assertThat(ports.pauses().resume("mails")).isTrue();
    assertThat(ports.pauses().paused()).containsExactly("mails/slow");
  }

  @Test
  void pausingAndResumingAgainIsHarmless() {
    ports.pauses().pause("q", "ann", "first", NOW);
    ports.pauses().pause("q", "ben", "second", LATER);
    assertThat(ports.pauses().paused()).containsExactly("q");

    assertThat(ports.pauses().resume("q")).isTrue();
    assertThat(ports.pauses().resume("q")).isFalse();
    assertThat(ports.pauses().resume("never")).isFalse();
    assertThat(ports.pauses().paused()).isEmpty();
  }

  @Test
  void aQueueCanBePausedAgainAfterAResume() {
    ports.pauses().pause("q", "ann", "first", NOW);
    ports.pauses().resume("q");

    ports.pauses().pause("q", "ann", "second", LATER);

    assertThat(ports.pauses().paused()).containsExactly("q");
  }

  @Test
  void whoPausedItFirstAndWhyAndWhenStays() {
    ports.pauses().pause("q/sub", "operator", "provider down", NOW);
    ports.pauses().pause("p", "admin", "", LATER);
    ports.pauses().pause("p", "operator", "again", NOW);

    assertThat(ports.pauses().pauses())
        .containsExactly(
            new QueuePause("p", "admin", "", LATER),
            new QueuePause("q/sub", "operator", "provider down", NOW));

    ports.pauses().resume("p");
    ports.pauses().pause("p", "operator", "anew", NOW);
    assertThat(ports.pauses().pauses())
        .contains(new QueuePause("p", "operator", "anew", NOW))
        .hasSize(2);
  }

  @Test
  void anyNameThatAQueueCanHaveIsPaused() {
    for (String queue : UnusualNames.QUEUES) {
      ports.pauses().pause(queue, "ann", "why", NOW);
    }

    assertThat(ports.pauses().paused()).containsExactlyInAnyOrderElementsOf(UnusualNames.QUEUES);
  }
}
