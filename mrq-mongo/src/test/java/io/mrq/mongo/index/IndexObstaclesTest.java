package io.mrq.mongo.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.mrq.mongo.Commands;
import io.mrq.mongo.MongoStores;
import io.mrq.mongo.RelayEffect;
import io.mrq.mongo.ReplicaSetRelay;
import io.mrq.mongo.TestMongo;
import io.mrq.store.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What stands in the way of some indexes keeps no others from being created. */
@Timeout(60)
class IndexObstaclesTest {
  private static final int CANNOT_CREATE = 67;
  private static final int UNKNOWN = 99_999;

  /** The indexes of jobs, that of their ids too. */
  private static final int ALL = all();

  private final MongoDatabase direct = TestMongo.newDatabase();
  private final ReplicaSetRelay relay = new ReplicaSetRelay(TestMongo.server());
  private final Commands commands = new Commands();
  private final MongoClient client =
      MongoClients.create(relay.settings().addCommandListener(commands).build());
  private final MongoIndexes indexes =
      MongoStores.of(client.getDatabase(direct.getName())).indexes();

  IndexObstaclesTest() throws IOException {}

  @AfterEach
  void close() {
    client.close();
    relay.close();
  }

  private static int all() {
    MongoDatabase database = TestMongo.newDatabase();
    MongoStores.of(database).indexes().ensure();
    return database.getCollection("mrq_jobs").listIndexes().into(new ArrayList<>()).size();
  }

  private static boolean isOfJobs(BsonDocument command) {
    return new BsonString("mrq_jobs").equals(command.get("createIndexes"));
  }

  private int indexesOf(String collection) {
    return direct.getCollection(collection).listIndexes().into(new ArrayList<>()).size();
  }

  private List<BsonDocument> created() {
    return commands.sent().stream()
        .map(Commands.Sent::body)
        .filter(IndexObstaclesTest::isOfJobs)
        .toList();
  }

  @Test
  void aMajorityOfAReplicaSetIsEnough() {
    assertThat(indexes.ensure()).isEmpty();

    assertThat(created())
        .singleElement()
        .satisfies(command ->
            assertThat(command.get("commitQuorum")).isEqualTo(new BsonString("majority")));
  }

  @Test
  void whatCannotBeCreatedTogetherIsTriedOneByOne() {
    relay.next(IndexObstaclesTest::isOfJobs, 1, RelayEffect.failing(CANNOT_CREATE));

    assertThat(indexes.ensure()).isEmpty();

    assertThat(created()).hasSize(ALL);
    assertThat(indexesOf("mrq_jobs")).isEqualTo(ALL);
  }

  @Test
  void theOneThatCannotBeIsNamedAndTheOthersAreCreated() {
    relay.next(IndexObstaclesTest::isOfJobs, 2, RelayEffect.failing(CANNOT_CREATE));

    assertThat(indexes.ensure()).containsExactly("mrq_jobs[status, queue, lane, order, _id]");

    assertThat(indexesOf("mrq_jobs")).isEqualTo(ALL - 1);
  }

  @Test
  void anErrorThatPassesKeepsNoOtherCollectionFromItsIndexes() {
    direct.createCollection("mrq_jobs");
    relay.next(IndexObstaclesTest::isOfJobs, 1, RelayEffect.failing(UNKNOWN));

    assertThatThrownBy(indexes::ensure).isInstanceOf(StoreUnavailableException.class);
    assertThat(indexesOf("mrq_jobs")).isEqualTo(1);
    assertThat(indexesOf("mrq_logs")).isEqualTo(2);

    assertThat(indexes.ensure()).isEmpty();
    assertThat(direct.getCollection("mrq_jobs").listIndexes().map(Document::toJson)).hasSize(ALL);
  }
}
