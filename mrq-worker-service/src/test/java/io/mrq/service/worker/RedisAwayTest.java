package io.mrq.service.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.client.JobClient;
import io.mrq.client.JobInspector;
import io.mrq.client.JobRequest;
import io.mrq.job.JobId;
import io.mrq.job.JobStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The worker where Redis has never been: it says so, counts as fit, and works from MongoDB alone.
 */
class RedisAwayTest {
  @TempDir Path data;

  @Test
  void isDegradedAndGoesOn() throws Exception {
    try (ConfigurableApplicationContext worker =
        SpringApplication.run(
            MrqWorkerApplication.class,
            "--server.port=0",
            "--mrq.embedded.data-dir=" + data,
            "--spring.data.redis.host=127.0.0.1",
            "--spring.data.redis.port=" + freePort())) {
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> {
            HttpResponse<String> health = get(worker, "/actuator/health");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("DEGRADED").doesNotContain("DOWN");
          });
      assertThat(get(worker, "/actuator/health/readiness").body()).contains("\"status\":\"UP\"");

      JobId id = worker.getBean(JobClient.class).enqueue(JobRequest.of("mrq.tasks.Echo")).id();

      JobInspector inspector = worker.getBean(JobInspector.class);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> inspector.find(id).orElseThrow().status() == JobStatus.SUCCESS);
    }
  }

  private static HttpResponse<String> get(ConfigurableApplicationContext worker, String path)
      throws IOException, InterruptedException {
    String port = worker.getEnvironment().getRequiredProperty("local.server.port");
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }
}
