package com.example.mails;

import static io.mrq.testing.MrqAssertions.JOB;
import static io.mrq.testing.MrqAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;

import com.example.mails.Mails.Recipient;
import io.mrq.client.JobClient;
import io.mrq.client.JobHandle;
import io.mrq.client.JobRequest;
import io.mrq.client.TaskReference;
import io.mrq.job.Job;
import io.mrq.job.JobId;
import io.mrq.task.InvalidParamsException;
import io.mrq.testing.MrqTest;
import io.mrq.testing.MrqTester;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

/** The tests that the page on tests shows. */
@MrqTest
class MailsTest {
  @Autowired MrqTester mrq;
  @Autowired JobClient client;
  @MockitoBean MailServer server;

  @Test
  void aWelcomeIsSent() throws IOException {
    Job job = mrq.run(JobRequest.of("mails.welcome").param("address", "ann@example.org"));

    assertThat(job).succeeded().hasResult("sent").hasAttempts(1);
    assertThat(mrq.log(job.id())).containsExactly("welcomed ann@example.org");
    verify(server).send("ann@example.org", "Welcome");
  }

  @Test
  void aTaskCanBeNamedByItsCode() throws Exception {
    JobHandle<String> welcome = client.enqueue(Mails::welcome, new Recipient("ann@example.org"));

    mrq.runUntilIdle();

    assertThat(welcome.result(Duration.ofSeconds(10))).isEqualTo("sent");
  }

  @Test
  void anAddressIsNeeded() {
    Job job = mrq.run(JobRequest.of("mails.welcome").param("address", " "));

    assertThat(job)
        .failedWith(InvalidParamsException.class)
        .hasTracebackContaining("'address' must not be blank");
  }

  @Test
  void aServerThatIsAwayIsTriedAgain() throws IOException {
    doThrow(new IOException("away"))
        .doThrow(new IOException("away"))
        .doNothing()
        .when(server)
        .send("ann@example.org", "Welcome");
    JobId id =
        client.enqueue(JobRequest.of("mails.welcome").param("address", "ann@example.org")).id();

    mrq.runUntilIdle();
    assertThat(mrq.job(id)).waitsUntil(Instant.parse("2026-01-05T08:01:00Z")).hasRetries(1);

    mrq.advance(Duration.ofMinutes(2));
    assertThat(mrq.job(id)).succeeded().hasAttempts(3);
  }

  @Test
  void tipsFollowAfterThreeDays() throws IOException {
    Job welcome = mrq.run(JobRequest.of("mails.welcome").param("address", "ann@example.org"));

    assertThat(mrq.jobs("mails.tips")).singleElement(JOB).hasParent(welcome.id());
    mrq.runUntilFinished();

    assertThat(mrq.clock().instant()).isEqualTo(Instant.parse("2026-01-08T08:00:00Z"));
    verify(server).send("ann@example.org", "Tips");
  }

  @Test
  void aDigestIsSentEachMorning() throws IOException {
    List<Job> ran = mrq.advance(Duration.ofDays(2));

    assertThat(ran).extracting(Job::path).containsExactly("mails.digest", "mails.digest");
    verify(server).send("team@example.org", "Digest of 2026-01-06");
    verify(server).send("team@example.org", "Digest of 2026-01-07");
  }

  @Test
  void tasksOfAnInterfaceAreFound() {
    Job reply = mrq.run(TaskReference.to(Replies::reply).with(new Recipient("ann")));

    assertThat(reply).succeeded().hasPath("mails.reply").hasResult("Dear ann");
  }
}
