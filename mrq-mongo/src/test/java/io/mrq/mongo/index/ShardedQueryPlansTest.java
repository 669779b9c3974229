package io.mrq.mongo.index;

import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mongodb.MongoDBContainer;

/** The plans of a cluster whose jobs are sharded by a hash of their ids. */
@Testcontainers(disabledWithoutDocker = true)
class ShardedQueryPlansTest extends QueryPlansBench {
  ShardedQueryPlansTest() {
    super(started());
  }

  private static MongoDBContainer started() {
    MongoDBContainer server = image().withSharding();
    server.start();
    return server;
  }

  @BeforeAll
  @Override
  void fill() {
    client()
        .getDatabase("admin")
        .runCommand(
            new Document("shardCollection", database.getName() + ".mrq_jobs")
                .append("key", new Document("_id", "hashed")));
    super.fill();
  }
}
