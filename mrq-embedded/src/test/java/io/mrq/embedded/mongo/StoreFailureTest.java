package io.mrq.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import io.mrq.embedded.mongo.file.CommitGate;
import io.mrq.embedded.mongo.file.ForwardedFile;
import io.mrq.embedded.mongo.file.RecordedFile;
import io.mrq.embedded.mongo.file.StoreFile;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.bson.Document;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot go on says so, and goes on as soon as it can. */
class StoreFailureTest {

  @TempDir Path dir;

  @Test
  void a_store_that_could_not_write_is_opened_again_with_all_that_it_acknowledged()
      throws Exception {
    FilePath.register(new FullDisk());
    FullDisk.full = false;
    try (DocumentServer server =
            DocumentServer.start(Path.of("full:" + dir.resolve("mongo.mv")), freePort(), false);
        MongoClient client =
            MongoClients.create("mongodb://127.0.0.1:" + server.port() + "/?retryWrites=false")) {
      MongoCollection<Document> jobs = client.getDatabase("mrq").getCollection("jobs");
      jobs.insertOne(new Document("_id", 1));
      assertThat(server.failure()).isNull();

      FullDisk.full = true;
      assertThatThrownBy(() -> jobs.insertOne(new Document("_id", 2)))
          .isInstanceOf(MongoException.class);
      await().untilAsserted(() -> assertThat(server.failure()).isNotNull());
      assertThatThrownBy(() -> jobs.insertOne(new Document("_id", 3)))
          .isInstanceOf(MongoException.class);

      FullDisk.full = false;
      await().atMost(Duration.ofSeconds(30)).until(() -> server.failure() == null);
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> jobs.insertOne(new Document("_id", 4)).wasAcknowledged());
      assertThat(jobs.find().map(job -> job.getInteger("_id"))).contains(1, 4);
    }
  }

  @Test
  void a_write_that_ran_out_of_memory_leaves_nothing_half_done() {
    leavesNothingHalfDone(CommitGate::write);
  }

  @Test
  void a_change_for_which_nobody_waits_leaves_nothing_half_done_either() {
    leavesNothingHalfDone(CommitGate::change);
  }

  private void leavesNothingHalfDone(BiConsumer<CommitGate, Supplier<Object>> way) {
    StoreFile file = StoreFile.open(dir.resolve("mongo.mv"));
    CommitGate gate = new CommitGate(file, false);
    gate.write(() -> file.documents("documents.mrq.jobs").put(1, new byte[] {1}));
    assertThatThrownBy(() ->
            way.accept(
                gate,
                () -> {
                  file.documents("documents.mrq.jobs").put(2, new byte[] {2});
                  throw new OutOfMemoryError("for a test");
                }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(file.failure()).isNotNull();
    file.close();
    try (StoreFile again = StoreFile.open(dir.resolve("mongo.mv"))) {
      assertThat(again.documents("documents.mrq.jobs").keySet()).containsExactly(1);
    }
  }

  @Test
  void after_changes_were_taken_and_not_written_no_other_write_is_acknowledged() {
    StoreFile file = StoreFile.open(RecordedFile.of(dir.resolve("mongo.mv")));
    CommitGate gate = new CommitGate(file, false);
    gate.write(() -> file.documents("documents.mrq.jobs").put(1, new byte[] {1}));
    RecordedFile.beforeWrite =
        () -> {
          RecordedFile.beforeWrite = () -> {};
          throw new OutOfMemoryError("direct memory, for a test");
        };
    assertThatThrownBy(
            () -> gate.write(() -> file.documents("documents.mrq.jobs").put(2, new byte[] {2})))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(file.failure()).isNotNull();
    assertThatThrownBy(() -> gate.write(() -> 3)).isInstanceOf(MVStoreException.class);
    file.close();
    try (StoreFile again = StoreFile.open(dir.resolve("mongo.mv"))) {
      assertThat(again.documents("documents.mrq.jobs").keySet()).containsExactly(1);
    }
  }

  @Test
  void in_memory_there_is_nothing_to_secure() {
    try (StoreFile file = StoreFile.open(null)) {
      CommitGate gate = new CommitGate(file, true);
      gate.write(() -> file.documents("documents.mrq.jobs").put(1, new byte[] {1}));
      assertThat(file.documents("documents.mrq.jobs").keySet()).containsExactly(1);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A file on a disk that may be full. */
  public static final class FullDisk extends FilePathWrapper {

    static volatile boolean full;

    @Override
    public String getScheme() {
      return "full";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
      if (full) {
        throw new IOException("no space left on device");
      }
      return new Channel(getBase().open(mode));
    }
  }

  private static final class Channel extends ForwardedFile {

    Channel(FileChannel file) {
      super(file);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      if (FullDisk.full) {
        throw new IOException("no space left on device");
      }
      return super.write(source, position);
    }
  }
}
