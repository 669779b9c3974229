package io.mrq.api.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.Stores;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Jobs in lines from senders that are slow, or go away. */
@ApiTest
class JobLineSocketsTest {
  private final Api api;
  private final Stores stores;

  JobLineSocketsTest(Api api, Stores stores) {
    this.api = api;
    this.stores = stores;
  }

  @Test
  void theJobsOfASlowSenderAreStoredAsTheyArrive() throws IOException {
    try (Sender sender = new Sender()) {
      for (int n = 1; n <= 3; n++) {
        sender.send(job("slow", n) + "\n");
        int sent = n;
        await().until(() -> stores.inQueue("slow").size() == sent);
      }
      sender.send("");

      assertThat(sender.answer()).contains("HTTP/1.1 200", "{\"lines\":3,\"enqueued\":3");
    }
  }

  @Test
  void aSenderThatStopsInTheMiddleOfALineLeavesWholeJobsOnly() throws IOException {
    try (Sender sender = new Sender()) {
      sender.send(job("half", 1) + "\n" + job("half", 2) + "\n{\"path\":\"a.B\",\"que");
      await().until(() -> stores.inQueue("half").size() == 2);
      // What is missing: the chunk that ends the body.
      sender.socket.shutdownOutput();

      assertThat(sender.answer()).startsWith("HTTP/1.1 400");
    }
    assertThat(stores.inQueue("half"))
        .extracting(job -> job.params())
        .containsExactlyInAnyOrder(Map.of("n", 1), Map.of("n", 2));
  }

  @Test
  void aSenderThatDisconnectsLeavesWholeJobsOnly() throws IOException {
    try (Sender sender = new Sender()) {
      sender.socket.setSoLinger(true, 0);
      sender.send((job("gone", 1) + "\n").repeat(5000) + "{\"path\":");
      await().until(() -> stores.inQueue("gone").size() == 5000);
    }
    assertThat(stores.inQueue("gone"))
        .hasSize(5000)
        .allSatisfy(job -> assertThat(job.params()).isEqualTo(Map.of("n", 1)));
  }

  private static String job(String queue, int n) {
    return "{\"path\":\"a.B\",\"queue\":\"%s\",\"params\":{\"n\":%d}}".formatted(queue, n);
  }

  /** Sends a body chunk by chunk. */
  private final class Sender implements AutoCloseable {
    private final Socket socket = new Socket("127.0.0.1", api.port());
    private final OutputStream out = socket.getOutputStream();

    Sender() throws IOException {
      socket.setSoTimeout(30_000);
      write(
          "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** Sends a chunk; an empty one ends the body. */
    void send(String chunk) throws IOException {
      write(Integer.toHexString(chunk.length()) + "\r\n" + chunk + "\r\n");
    }

    String answer() throws IOException {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void write(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
