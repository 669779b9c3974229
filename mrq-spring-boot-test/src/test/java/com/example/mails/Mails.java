package com.example.mails;

import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.schedule.MrqSchedule;
import io.mrq.task.JobContext;
import io.mrq.task.MrqTask;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The tasks of the application. */
@Component
public class Mails {
  private static final Logger log = LoggerFactory.getLogger(Mails.class);

  private final MailServer server;
  private final JobClient client;
  private final Clock clock;

  Mails(MailServer server, JobClient client, Clock clock) {
    this.server = server;
    this.client = client;
    this.clock = clock;
  }

  /** Who gets a mail. */
  public record Recipient(@NotBlank String address) {}

  /** Many who get a mail. */
  public record Recipients(List<String> addresses) {}

  /** Welcomes somebody, and sends tips three days later. */
  @MrqTask(value = "mails.welcome", maxRetries = 2, retryDelay = "1m", retryOn = IOException.class)
  public String welcome(Recipient to) throws IOException {
    server.send(to.address(), "Welcome");
    log.info("welcomed {}", to.address());
    client.enqueue(
        JobRequest.of("mails.tips").param("address", to.address()).delay(Duration.ofDays(3)));
    return "sent";
  }

  /** Sends tips. */
  @MrqTask("mails.tips")
  public void tips(Recipient to) throws IOException {
    server.send(to.address(), "Tips");
  }

  /** Sends the digest of a day. */
  @MrqTask("mails.digest")
  @MrqSchedule(dailyAt = "07:00", zone = "Europe/Berlin")
  public void digest() throws IOException {
    server.send("team@example.org", "Digest of " + LocalDate.now(clock));
  }

  /** Sends news to everybody, and tries again later what the server refuses. */
  @MrqTask("mails.news")
  public int news(Recipients all) {
    JobContext context = JobContext.current().orElseThrow();
    int sent = 0;
    for (String address : all.addresses()) {
      if (context.stopRequested()) {
        throw context.abort("stopped after " + sent);
      }
      try {
        server.send(address, "News");
      } catch (IOException e) {
        throw context.retry("the server is busy", Duration.ofMinutes(10));
      }
      context.progress((double) ++sent / all.addresses().size());
    }
    return sent;
  }
}
