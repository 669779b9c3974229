package com.example.mails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import com.example.mails.Mails.Recipients;
import io.mrq.client.JobClient;
import io.mrq.task.AbortSignal;
import io.mrq.task.RetrySignal;
import io.mrq.testing.FakeJobContext;
import io.mrq.testing.TestClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task as plain code, as the page on tests shows it. */
class NewsTest {
  private final MailServer server = mock();
  private final TestClock clock = new TestClock();
  private final Mails mails = new Mails(server, mock(JobClient.class), clock);
  private final FakeJobContext context = FakeJobContext.of("mails.news");

  @Test
  void everybodyGetsNews() {
    int sent = context.call(() -> mails.news(new Recipients(List.of("ann", "bob"))));

    assertThat(sent).isEqualTo(2);
    assertThat(context.progress()).hasValue(1);
  }

  @Test
  void aBusyServerIsTriedAgainAfterTenMinutes() throws IOException {
    doThrow(new IOException("busy")).when(server).send(eq("bob"), any());

    assertThatThrownBy(() -> context.run(() -> mails.news(new Recipients(List.of("ann", "bob")))))
        .isInstanceOf(RetrySignal.class);
    assertThat(context.retryRequest().orElseThrow().delay()).isEqualTo(Duration.ofMinutes(10));
    assertThat(context.progress()).hasValue(0.5);
  }

  @Test
  void aStopIsObeyed() {
    context.requestStop();

    assertThatThrownBy(() -> context.run(() -> mails.news(new Recipients(List.of("ann")))))
        .isInstanceOf(AbortSignal.class);
    assertThat(context.abortReason()).hasValue("stopped after 0");
  }
}
