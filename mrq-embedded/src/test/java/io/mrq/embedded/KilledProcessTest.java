package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.mrq.embedded.mongo.StoreCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kill -9} of the process that hosts the stores leaves behind. */
class KilledProcessTest {

  private static final int WRITERS = 6;
  private static final int ANSWERS_BEFORE_THE_KILL = 1_500;

  @TempDir Path dir;

  @RepeatedTest(3)
  void no_acknowledged_write_is_lost_and_indexes_agree_with_documents() throws Exception {
    killUnderLoad("");
  }

  /** The documents are so large that several checkpoints are written meanwhile. */
  @Test
  void no_acknowledged_write_is_lost_while_the_file_is_brought_up_to_date() throws Exception {
    killUnderLoad("x".repeat(30_000));
  }

  private void killUnderLoad(String pad) throws Exception {
    Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
    AtomicInteger answers = new AtomicInteger();
    List<Thread> writers = new ArrayList<>();
    try (ServerProcess server = ServerProcess.start(dir, 0);
        MongoClient client = clientOf(server.mongoPort)) {
      jobs(client).createIndex(Indexes.ascending("hash"), new IndexOptions().unique(true));
      for (int i = 0; i < WRITERS; i++) {
        int writer = i;
        writers.add(
            Thread.ofVirtual()
                .start(() -> write(jobs(client), writer, pad, acknowledged, answers)));
      }
      await().until(() -> answers.get() > ANSWERS_BEFORE_THE_KILL);
      server.kill();
      for (Thread writer : writers) {
        writer.join();
      }
    }
    Map<Object, Object> stored = StoreCheck.check(dir.resolve("mongo.mv"), "mrq.jobs", "hash");
    assertThat(acknowledged).isNotEmpty();
    acknowledged.forEach((id, hash) ->
        assertThat((String) stored.get(id))
            .as("document %s, acknowledged with %s", id, hash)
            .isGreaterThanOrEqualTo(hash));
    assertThat(stored).hasSizeBetween(acknowledged.size(), acknowledged.size() + WRITERS);
  }

  /** Inserts documents of its own and updates each to the next hash, until the server is gone. */
  private static void write(
      MongoCollection<Document> jobs,
      int writer,
      String pad,
      Map<Integer, String> acknowledged,
      AtomicInteger answers) {
    try {
      for (int i = 0; ; i++) {
        int id = i * WRITERS + writer;
        jobs.insertOne(new Document("_id", id).append("hash", hash(id, 0)).append("pad", pad));
        acknowledged.put(id, hash(id, 0));
        for (int version = 1; version < 3; version++) {
          jobs.updateOne(new Document("_id", id), Updates.set("hash", hash(id, version)));
          acknowledged.put(id, hash(id, version));
        }
        answers.addAndGet(3);
      }
    } catch (MongoException e) {
      // The server was killed.
    }
  }

  private static String hash(int id, int version) {
    return "%08d-%d".formatted(id, version);
  }

  @Test
  void copies_taken_while_writes_go_on_open_with_all_that_was_old_enough() throws Exception {
    Path copy = Files.createDirectory(dir.resolve("copy"));
    AtomicInteger answers = new AtomicInteger();
    Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
    try (EmbeddedMongo mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
        MongoClient client = clientOf(mongo.port())) {
      jobs(client).createIndex(Indexes.ascending("hash"), new IndexOptions().unique(true));
      Thread writer =
          Thread.ofVirtual().start(() -> write(jobs(client), 0, "", acknowledged, answers));
      for (int i = 1; i <= 10; i++) {
        int enough = i * 300;
        await().until(() -> answers.get() > enough);
        copyFiles(dir, copy);
        assertThat(StoreCheck.check(copy.resolve("mongo.mv"), "mrq.jobs", "hash")).isNotEmpty();
      }
      mongo.close();
      writer.join();
    }
  }

  /** Copies the file first and then its journal, while they are written. */
  private static void copyFiles(Path from, Path to) throws IOException {
    try (Stream<Path> old = Files.list(to)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    Files.copy(from.resolve("mongo.mv"), to.resolve("mongo.mv"));
    try (Stream<Path> journal = Files.list(from).filter(KilledProcessTest::isOfJournal).sorted()) {
      for (Path file : journal.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static boolean isOfJournal(Path file) {
    return file.getFileName().toString().startsWith("mongo.mv.journal-");
  }

  @Test
  void redis_ends_with_the_process_keeps_what_it_answered_and_its_port_is_free_again()
      throws Exception {
    int acknowledged = 0;
    int port;
    try (ServerProcess server = ServerProcess.start(dir, 0);
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", server.redisPort))) {
      port = server.redisPort;
      RedisCommands<String, String> redis = client.connect().sync();
      for (; acknowledged < 2_000; acknowledged++) {
        redis.rpush("raw", String.valueOf(acknowledged));
      }
      server.kill();
      ProcessHandle.of(server.redisPid)
          .ifPresent(process -> process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
    } catch (RedisException e) {
      throw new AssertionError("Redis was gone before the kill", e);
    }
    try (ServerProcess server = ServerProcess.start(dir, port);
        RedisClient client = RedisClient.create(RedisURI.create("127.0.0.1", server.redisPort))) {
      assertThat(server.redisPort).isEqualTo(port);
      assertThat(client.connect().sync().llen("raw")).isEqualTo(acknowledged);
    }
  }

  @Test
  void a_successor_waits_for_the_redis_of_a_killed_predecessor() throws Exception {
    try (ServerProcess first = ServerProcess.start(dir, 0)) {
      first.kill();
      try (ServerProcess second = ServerProcess.start(dir, first.redisPort)) {
        assertThat(second.redisPid).isNotEqualTo(first.redisPid);
        assertThat(ProcessHandle.of(first.redisPid).filter(ProcessHandle::isAlive)).isEmpty();
      }
    }
  }

  private static MongoClient clientOf(int port) {
    return MongoClients.create(
        MongoClientSettings.builder()
            .applyConnectionString(new ConnectionString("mongodb://127.0.0.1:" + port))
            .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(2, TimeUnit.SECONDS))
            .retryWrites(false)
            .build());
  }

  private static MongoCollection<Document> jobs(MongoClient client) {
    return client.getDatabase("mrq").getCollection("jobs");
  }

  static {
    org.awaitility.Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
  }
}
