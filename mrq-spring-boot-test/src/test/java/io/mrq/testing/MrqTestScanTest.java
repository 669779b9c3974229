package io.mrq.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.mails.MailServer;
import com.example.mails.Mails;
import com.example.mails.MailsApplication;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** What component scanning finds. */
@MrqTest(tasks = Mails.class, startsAt = "2030-05-06T07:08:09Z")
@ContextConfiguration(classes = MailsApplication.class)
class MrqTestScanTest {
  @Autowired ApplicationContext context;
  @Autowired Clock clock;
  @MockitoBean MailServer server;

  @Test
  void tasksAreFoundAndOtherComponentsAreNot() {
    assertThat(context.getBeansOfType(Mails.class)).hasSize(1);
    assertThat(context.getBeansOfType(MailServer.class).values()).containsExactly(server);
  }

  @Test
  void theClockStandsWhereTheTestSays() {
    assertThat(clock.instant()).isEqualTo("2030-05-06T07:08:09Z");
  }
}
