package io.mrq.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once: nothing is won twice, lost, or seen half done. */
class MongoConcurrencyTest {

  private static final int CLAIMERS = 8;
  private static final int JOBS = 5_000;

  @TempDir Path dir;
  private EmbeddedMongo mongo;
  private MongoClient client;
  private MongoCollection<Document> jobs;

  @BeforeEach
  void open() {
    mongo = EmbeddedMongo.open(EmbeddedMongoOptions.in(dir));
    client = MongoClients.create(mongo.uri());
    jobs = client.getDatabase("mrq").getCollection("jobs");
  }

  @AfterEach
  void close() {
    client.close();
    mongo.close();
  }

  @Test
  void of_two_clients_that_create_a_collection_the_second_is_told_that_it_is_there()
      throws Exception {
    MongoDatabase database = client.getDatabase("mrq");
    for (int round = 0; round < 100; round++) {
      String name = "created" + round;
      AtomicInteger created = new AtomicInteger();
      Callable<Void> create =
          () -> {
            try {
              database.createCollection(name);
              created.incrementAndGet();
            } catch (MongoCommandException e) {
              assertThat(e.getErrorCode()).isEqualTo(48);
            }
            return null;
          };
      runAll(List.of(create, create));
      assertThat(created).hasValue(1);
    }
  }

  @Test
  void each_of_many_jobs_is_won_by_exactly_one_claimer() throws Exception {
    jobs.insertMany(
        IntStream.range(0, JOBS)
            .mapToObj(i -> new Document("_id", i).append("status", "queued"))
            .toList());
    Map<Integer, ObjectId> winners = new ConcurrentHashMap<>();
    List<Callable<Void>> claimers = new ArrayList<>();
    for (int i = 0; i < CLAIMERS; i++) {
      List<Integer> ids = new ArrayList<>(IntStream.range(0, JOBS).boxed().toList());
      Collections.shuffle(ids, new Random(i));
      claimers.add(() -> {
        for (int from = 0; from < JOBS; from += 100) {
          claim(ids.subList(from, from + 100), winners);
        }
        return null;
      });
    }
    runAll(claimers);
    assertThat(winners).hasSize(JOBS);
    for (Document job : jobs.find()) {
      assertThat(job.getObjectId("claim")).isEqualTo(winners.get(job.getInteger("_id")));
      assertThat(job.getInteger("attempt")).isEqualTo(1);
    }
  }

  private void claim(List<Integer> ids, Map<Integer, ObjectId> winners) {
    ObjectId claim = new ObjectId();
    long matched =
        jobs.updateMany(
                new Document("_id", new Document("$in", ids)).append("status", "queued"),
                Updates.combine(
                    Updates.set("status", "started"),
                    Updates.set("claim", claim),
                    Updates.inc("attempt", 1)))
            .getMatchedCount();
    List<Document> won =
        jobs.find(new Document("_id", new Document("$in", ids)).append("claim", claim))
            .into(new ArrayList<>());
    assertThat(won).hasSize((int) matched);
    for (Document job : won) {
      assertThat(winners.put(job.getInteger("_id"), claim)).isNull();
    }
  }

  @Test
  void no_increment_of_many_at_once_is_lost() throws Exception {
    jobs.insertOne(new Document("_id", 1).append("n", 0));
    Set<Integer> seen = ConcurrentHashMap.newKeySet();
    FindOneAndUpdateOptions after =
        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
    Callable<Void> incrementer =
        () -> {
          for (int i = 0; i < 200; i++) {
            Document changed =
                jobs.findOneAndUpdate(Filters.eq("_id", 1), Updates.inc("n", 1), after);
            assertThat(changed).isNotNull();
            assertThat(seen.add(changed.getInteger("n"))).isTrue();
          }
          return null;
        };
    runAll(Collections.nCopies(CLAIMERS, incrementer));
    assertThat(jobs.find(Filters.eq("n", 200 * CLAIMERS)).first()).isNotNull();
  }

  @Test
  void a_reader_never_sees_a_document_that_is_being_changed() throws Exception {
    jobs.insertMany(
        IntStream.range(0, 200)
            .mapToObj(i ->
                new Document("_id", i)
                    .append("a", 0)
                    .append("inner", new Document("a", 0).append("text", "x".repeat(500))))
            .toList());
    AtomicBoolean over = new AtomicBoolean();
    Callable<Void> writer =
        () -> {
          for (int n = 1; n <= 150; n++) {
            jobs.updateMany(
                new Document("_id", new Document("$lt", 200)),
                Updates.combine(
                    Updates.set("a", n), Updates.set("inner.a", n), Updates.set("k" + n % 7, n)));
            jobs.updateMany(new Document(), Updates.unset("k" + (n + 3) % 7));
          }
          over.set(true);
          return null;
        };
    Callable<Void> reader =
        () -> {
          while (!over.get()) {
            List<Document> found =
                jobs.find(Filters.gte("_id", 0)).batchSize(50).into(new ArrayList<>());
            assertThat(found).hasSize(200);
            for (Document job : found) {
              assertThat(job.get("inner", Document.class).getInteger("a"))
                  .isEqualTo(job.getInteger("a"));
            }
          }
          return null;
        };
    runAll(List.of(writer, reader, reader, reader));
  }

  @Test
  void collections_and_indexes_are_made_while_others_write() throws Exception {
    List<Callable<Void>> starters = new ArrayList<>();
    for (int i = 0; i < CLAIMERS; i++) {
      int first = i * 1_000;
      starters.add(() -> {
        jobs.createIndex(Indexes.ascending("queue", "status"));
        for (int id = first; id < first + 100; id++) {
          jobs.insertOne(new Document("_id", id).append("queue", "q").append("status", "s"));
          jobs.find(new Document("queue", "q").append("status", "s")).limit(3).first();
        }
        jobs.createIndex(Indexes.ascending("worker"));
        return null;
      });
    }
    runAll(starters);
    assertThat(jobs.countDocuments()).isEqualTo(100L * CLAIMERS);
    assertThat(jobs.listIndexes().into(new ArrayList<>())).hasSize(3);
  }

  private static void runAll(List<? extends Callable<Void>> tasks) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    }
  }
}
