package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mrq.autoconfigure.task.ClientPageExamples.Greetings;
import io.mrq.autoconfigure.task.ClientPageExamples.Mails;
import io.mrq.autoconfigure.task.ClientPageExamples.Receipt;
import io.mrq.autoconfigure.task.ClientPageExamples.Welcome;
import io.mrq.client.JobClient;
import io.mrq.client.JobFailedException;
import io.mrq.client.JobHandle;
import io.mrq.client.JobInspector;
import io.mrq.job.Job;
import io.mrq.job.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The page on the client does what it says, in an application on the embedded stores. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
@DirtiesContext
class ClientPageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path EXAMPLES =
      Path.of("src/test/java/io/mrq/autoconfigure/task/ClientPageExamples.java");

  @TempDir static Path data;

  @Autowired private JobClient client;
  @Autowired private JobInspector inspector;

  @DynamicPropertySource
  static void stores(DynamicPropertyRegistry properties) {
    properties.add("mrq.embedded.data-dir", data::toString);
    properties.add("mrq.worker.queues", () -> "default,mails");
  }

  @Test
  void theCodeOfThePageIsCompiled() throws IOException {
    String page = Files.readString(Path.of("../docs/client.md"));
    String compiled = withoutBlanks(Files.readString(EXAMPLES));

    List<String> blocks =
        Pattern.compile("(?ms)^```java\n(.*?)^```")
            .matcher(page)
            .results()
            .map(block -> withoutBlanks(block.group(1)))
            .toList();

    assertThat(blocks).hasSizeGreaterThan(8).allSatisfy(b -> assertThat(compiled).contains(b));
  }

  // ENQ-01, ENQ-03, RES-01, RES-02
  @Test
  void aMethodReferenceIsEnqueuedAndItsResultComesBack() throws Exception {
    assertThat(ClientPageExamples.enqueueAndWait(client)).isEqualTo(new Receipt(2));
    Job ended = ClientPageExamples.byPath(client);
    assertThat(ended.status()).isEqualTo(JobStatus.SUCCESS);
    assertThat(ended.queue()).isEqualTo("mails");
  }

  @Test
  void anInterfaceNamesTheTaskOfTheBeanThatImplementsIt() throws Exception {
    assertThat(ClientPageExamples.byInterface(client).result(PATIENCE)).isEqualTo("hi a@b.c");
  }

  @Test
  void optionsAreThoseOfTheJob() {
    Job job = inspector.find(ClientPageExamples.withOptions(client).id()).orElseThrow();

    assertThat(job.status()).isEqualTo(JobStatus.RETRY);
    assertThat(job.priority()).isEqualTo(10);
    assertThat(job.timeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(job.maxRetries()).isEqualTo(2);
    assertThat(job.ttl()).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void manyJobsAndTheSameJobOnceHaveResults() throws Exception {
    for (JobHandle<Receipt> job : ClientPageExamples.many(client)) {
      assertThat(ClientPageExamples.orElse(job)).isEqualTo(new Receipt(1));
    }
    JobHandle<Receipt> first = ClientPageExamples.once(client);
    assertThat(ClientPageExamples.once(client).id()).isEqualTo(first.id());
    assertThat(ClientPageExamples.later(first)).succeedsWithin(PATIENCE).isEqualTo(2);
  }

  @Test
  void aFailureArrivesWithItsTypeAndItsMessage() {
    JobHandle<String> refused = client.enqueue(Greetings::greet, new Welcome("nobody", 0));

    assertThatThrownBy(() -> refused.result(PATIENCE))
        .isInstanceOf(JobFailedException.class)
        .hasMessage(
            "job %s of greetings.greet ended with the status failed: java.lang.IllegalStateException: no address",
            refused.id());
  }

  @Test
  void manyVirtualThreadsWaitAtOnce() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> sent =
          IntStream.range(0, 300)
              .mapToObj(i ->
                  callers.submit(() ->
                      ClientPageExamples.orElse(
                              client.enqueue(Mails::welcome, new Welcome("a@b.c", i)))
                          .sent()))
              .toList();
      for (int i = 0; i < sent.size(); i++) {
        assertThat(sent.get(i).get()).isEqualTo(i);
      }
    }
  }

  private static String withoutBlanks(String text) {
    return text.replaceAll("\\s", "");
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Mails mails() {
      return new Mails();
    }

    @Bean
    Greeter greeter() {
      return new Greeter();
    }
  }

  static class Greeter implements Greetings {
    @Override
    public String greet(Welcome params) {
      if (params.address().equals("nobody")) {
        throw new IllegalStateException("no address");
      }
      return "hi " + params.address();
    }
  }
}
