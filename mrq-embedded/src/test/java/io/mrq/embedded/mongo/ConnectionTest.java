package io.mrq.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

  @TempDir Path dir;

  @Test
  void a_connection_older_than_the_open_store_uses_the_open_one() throws IOException {
    OpenStore first = OpenStore.open(dir.resolve("first.mv"), false);
    OpenStore second = OpenStore.open(dir.resolve("second.mv"), false);
    AtomicReference<OpenStore> open = new AtomicReference<>(first);
    try (first;
        second;
        ServerSocket listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> serve(listener, open));
      try (MongoClient client = MongoClients.create(address(listener))) {
        MongoCollection<Document> jobs = client.getDatabase("mrq").getCollection("jobs");
        jobs.insertOne(new Document("_id", 1));
        open.set(second);
        assertThat(jobs.find()).isEmpty();
        jobs.insertOne(new Document("_id", 2));
        open.set(first);
        assertThat(jobs.find().map(job -> job.getInteger("_id"))).containsExactly(1);
      }
    }
  }

  private static String address(ServerSocket listener) {
    return "mongodb://127.0.0.1:" + listener.getLocalPort() + "/?maxPoolSize=1";
  }

  private static void serve(ServerSocket listener, AtomicReference<OpenStore> open) {
    while (!listener.isClosed()) {
      try {
        Connection connection =
            new Connection(listener.accept(), () -> open.get().backend(), () -> {});
        Thread.ofPlatform().daemon().start(connection);
      } catch (IOException e) {
        // The test has ended.
      }
    }
  }
}
