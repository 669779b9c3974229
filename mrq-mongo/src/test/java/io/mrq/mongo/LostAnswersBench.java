package io.mrq.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.connection.ClusterConnectionMode;
import io.mrq.store.StoreUnavailableException;
import io.mrq.test.MutableClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each call tells when its answer is lost, and may then be sent again: the documents end as they
 * would have with one call and an answer. The driver's own retries are off, as they are for many of
 * the writes anyway. A subclass names its verbs in {@code writes()} and {@code all()}.
 */
@Timeout(60)
abstract class LostAnswersBench {
  static final Instant NOW = MutableClock.START;
  static final Instant LATER = NOW.plus(Duration.ofDays(400));

  final Fixture fixture = new Fixture();
  final MongoDatabase direct = TestMongo.newDatabase();
  final FaultyRelay relay;
  final MongoClient client;
  final MongoStores stores;

  LostAnswersBench() throws IOException {
    ServerAddress server = TestMongo.server();
    relay = new FaultyRelay(new InetSocketAddress(server.getHost(), server.getPort()));
    client =
        MongoClients.create(
            TestMongo.settings()
                .applyToClusterSettings(cluster ->
                    // A replica set would name its own addresses, past the relay.
                    cluster
                        .mode(ClusterConnectionMode.SINGLE)
                        .requiredReplicaSetName(null)
                        .hosts(List.of(new ServerAddress("127.0.0.1", relay.port())))
                        .serverSelectionTimeout(100, TimeUnit.MILLISECONDS))
                .applyToServerSettings(monitor ->
                    monitor
                        .heartbeatFrequency(50, TimeUnit.MILLISECONDS)
                        .minHeartbeatFrequency(10, TimeUnit.MILLISECONDS))
                .retryReads(false)
                .retryWrites(false)
                .build());
    stores = MongoStores.of(client.getDatabase(direct.getName()));
  }

  /** On a busy machine the first connection takes longer than the client waits for a server. */
  @BeforeEach
  void connect() {
    untilAvailable(() -> stores.pauses().paused());
  }

  @AfterEach
  void close() {
    client.close();
    relay.close();
  }

  /**
   * One verb of a port.
   *
   * @param command the one whose answer is lost
   */
  record Verb(String name, String command, Consumer<Call> call) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** What a verb is called with. */
  record Call(MongoStores stores, Fixture fixture) {}

  /** More to work on, the same each time. */
  void storeMore(MongoStores into) {}

  private void store(MongoStores into, MongoDatabase database) {
    fixture.store(into, database);
    storeMore(into);
  }

  @ParameterizedTest
  @MethodSource("writes")
  @DisplayName("applied, answer lost, sent again: as if applied once")
  void appliedAndSentAgain(Verb write) {
    MongoDatabase twin = TestMongo.newDatabase();
    store(MongoStores.of(twin), twin);
    write.call.accept(new Call(MongoStores.of(twin), fixture));
    store(MongoStores.of(direct), direct);
    Map<String, List<Document>> before = contents(direct);

    relay.loseReply(marker(write.command));
    assertThatThrownBy(() -> write.call.accept(new Call(stores, fixture)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("MongoDB did not answer while ");
    assertThat(relay.hasFailed()).isTrue();
    Map<String, List<Document>> afterLoss = contents(direct);
    sendAgain(write);

    assertThat(afterLoss).as("applied although the answer was lost").isNotEqualTo(before);
    assertThat(contents(direct)).isEqualTo(contents(twin));
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("never arrived, sent again: done")
  void neverArrivedAndSentAgain(Verb verb) {
    MongoDatabase twin = TestMongo.newDatabase();
    store(MongoStores.of(twin), twin);
    verb.call.accept(new Call(MongoStores.of(twin), fixture));
    store(MongoStores.of(direct), direct);

    relay.loseRequest(marker(verb.command));
    assertThatThrownBy(() -> verb.call.accept(new Call(stores, fixture)))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(relay.hasFailed()).isTrue();
    sendAgain(verb);

    assertThat(contents(direct)).isEqualTo(contents(twin));
  }

  @ParameterizedTest
  @MethodSource("all")
  @DisplayName("server away: unavailable; back again: works")
  void serverAway(Verb verb) {
    store(MongoStores.of(direct), direct);
    relay.cut();

    assertThatThrownBy(() -> verb.call.accept(new Call(stores, fixture)))
        .isInstanceOf(StoreUnavailableException.class);

    relay.mend();
    sendAgain(verb);
  }

  /** The driver needs a moment to see that the server is there again. */
  void sendAgain(Verb verb) {
    untilAvailable(() -> {
      verb.call.accept(new Call(stores, fixture));
      return verb;
    });
  }

  static <T> T untilAvailable(Callable<T> call) {
    return await()
        .pollInterval(Duration.ofMillis(10))
        .ignoreException(StoreUnavailableException.class)
        .until(call, Objects::nonNull);
  }

  /** All documents, without the one field that is set by the server's clock. */
  private static Map<String, List<Document>> contents(MongoDatabase database) {
    Map<String, List<Document>> contents = new TreeMap<>();
    for (String name : database.listCollectionNames()) {
      List<Document> documents = new ArrayList<>();
      database.getCollection(name).find().sort(new Document("_id", 1)).into(documents);
      documents.forEach(document -> document.remove("datereported"));
      contents.put(name, documents);
    }
    return contents;
  }

  /** The start of a command: its name is the first field of the message, and its value a text. */
  static String marker(String command) {
    return "\u0002" + command + "\u0000";
  }
}
