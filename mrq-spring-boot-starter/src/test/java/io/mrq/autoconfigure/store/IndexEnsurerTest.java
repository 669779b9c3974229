package io.mrq.autoconfigure.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import io.mrq.autoconfigure.MrqProperties.PythonIndexes;
import io.mrq.embedded.EmbeddedMongo;
import io.mrq.embedded.EmbeddedMongoOptions;
import io.mrq.mongo.MongoStores;
import java.util.HashSet;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Indexes are created at the start, and dropped by a later pass. */
class IndexEnsurerTest {
  private static final String EARLIER = "queue_1_status_1_order_1__id_1";

  /** Earlier versions counted by it. */
  private static final String PYTHONS = "status_1_queue_1_path_1";

  private static final String OURS = "dateretry_1__id_1";

  private final EmbeddedMongo server = EmbeddedMongo.open(EmbeddedMongoOptions.inMemory());
  private final MongoClient client = MongoClients.create(server.uri());
  private final MongoDatabase database = client.getDatabase("mrq");
  private final MongoCollection<Document> jobs = database.getCollection("mrq_jobs");

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private Set<String> indexes() {
    return jobs.listIndexes().map(index -> index.getString("name")).into(new HashSet<>());
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "FALSE"})
  void processesOfAnEarlierVersionKeepTheirIndexesForADay(PythonIndexes python) {
    jobs.createIndex(Indexes.ascending("queue", "status", "order", "_id"));
    jobs.createIndex(Indexes.ascending("status", "queue", "path"));
    IndexEnsurer ensurer = new IndexEnsurer(MongoStores.of(database).indexes(), python);

    assertThat(ensurer.step()).hasDays(1);

    assertThat(indexes()).contains(EARLIER, PYTHONS, OURS);

    ensurer.step();

    assertThat(indexes()).doesNotContain(EARLIER, PYTHONS).contains(OURS);
  }
}
