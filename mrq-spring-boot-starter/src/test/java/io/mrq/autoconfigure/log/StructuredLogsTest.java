package io.mrq.autoconfigure.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.client.JobClient;
import io.mrq.client.JobRequest;
import io.mrq.task.MrqTask;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With {@code logging.structured.format.console} a line says to which job it belongs. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = "logging.structured.format.console=logstash")
@ExtendWith(OutputCaptureExtension.class)
@DirtiesContext
class StructuredLogsTest {
  @TempDir static Path data;

  @Autowired private JobClient client;

  @DynamicPropertySource
  static void stores(DynamicPropertyRegistry properties) {
    properties.add("mrq.embedded.data-dir", data::toString);
    properties.add("mrq.worker.queues", () -> "talks");
  }

  /** The logging system keeps it for the whole process. */
  @AfterAll
  static void plainAgain() {
    System.clearProperty(
        LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
  }

  // LOG-06
  @Test
  void aLineOfATaskNamesJobTaskAndQueue(CapturedOutput output) {
    String id = client.enqueue(JobRequest.of("talk").queue("talks")).id().hex();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> output.getOut().contains("hello from a task"));

    String line =
        output
            .getOut()
            .lines()
            .filter(l -> l.contains("hello from a task"))
            .findFirst()
            .orElseThrow();
    JsonNode json = new JsonMapper().readTree(line);
    assertThat(json.get("message").asString()).isEqualTo("hello from a task");
    assertThat(json.get("job").asString()).isEqualTo(id);
    assertThat(json.get("task").asString()).isEqualTo("talk");
    assertThat(json.get("queue").asString()).isEqualTo("talks");
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {
    @Bean
    Talker talker() {
      return new Talker();
    }
  }

  static class Talker {
    @MrqTask("talk")
    void talk() {
      LoggerFactory.getLogger(Talker.class).info("hello from a task");
    }
  }
}
