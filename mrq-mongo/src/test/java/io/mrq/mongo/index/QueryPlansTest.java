package io.mrq.mongo.index;

import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.mongodb.MongoDBContainer;

/** The plans of a replica set of one member, which has sessions and repeats writes as any does. */
@Testcontainers(disabledWithoutDocker = true)
class QueryPlansTest extends QueryPlansBench {
  QueryPlansTest() {
    super(started());
  }

  private static MongoDBContainer started() {
    MongoDBContainer server = image().withReplicaSet();
    server.start();
    return server;
  }
}
