package io.mrq.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What {@code QueuePauses} do (protocol §7). */
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
  void anyNameThatAQueueCanHaveIsPaused() {
    for (String queue : UnusualNames.QUEUES) {
      ports.pauses().pause(queue, "ann", "why", NOW);
    }

    assertThat(ports.pauses().paused()).containsExactlyInAnyOrderElementsOf(UnusualNames.QUEUES);
  }
}
