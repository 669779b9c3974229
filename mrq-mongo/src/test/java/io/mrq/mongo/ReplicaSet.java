package io.mrq.mongo;

import java.time.Duration;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.ObjectId;

/** Who is the primary of a replica set, and what each member says of it. */
final class ReplicaSet {
  private static final String NAME = "rs0";
  private static final int NOBODY = -1;

  /** Shorter than drivers ask for: one that lost sight of a member soon finds it again. */
  private static final Duration LONGEST_AWAIT = Duration.ofMillis(200);

  private final BsonObjectId process = new BsonObjectId(new ObjectId());
  private List<String> members = List.of();
  private ObjectId term = new ObjectId();
  private int primary;
  private long version;

  synchronized void found(List<String> addresses) {
    members = List.copyOf(addresses);
  }

  synchronized boolean isPrimary(int member) {
    return member == primary;
  }

  /** The primary gives up, and there is none until {@link #elect}. */
  synchronized void stepDown() {
    change(NOBODY);
  }

  synchronized void elect(int member) {
    term = new ObjectId();
    change(member);
  }

  /** Something happened that every member tells, such as the start of a step-down. */
  synchronized void stir() {
    change(primary);
  }

  private void change(int newPrimary) {
    primary = newPrimary;
    version++;
    notifyAll();
  }

  /** What a member answers to {@code hello}: at once, or when something new is to be told. */
  synchronized BsonDocument hello(int member, BsonDocument command) throws InterruptedException {
    if (command.containsKey("maxAwaitTimeMS")) {
      long known = command.getDocument("topologyVersion").getInt64("counter").getValue();
      long end = System.nanoTime() + LONGEST_AWAIT.toNanos();
      for (long left = 1; known == version && left > 0; ) {
        left = (end - System.nanoTime()) / 1_000_000;
        if (left > 0) {
          wait(left);
        }
      }
    }
    BsonBoolean isPrimary = BsonBoolean.valueOf(member == primary);
    BsonDocument hello =
        new BsonDocument("helloOk", BsonBoolean.TRUE)
            .append("ismaster", isPrimary)
            .append("isWritablePrimary", isPrimary)
            .append("secondary", BsonBoolean.valueOf(member != primary))
            .append("setName", new BsonString(NAME))
            .append("setVersion", new BsonInt32(1))
            .append("hosts", new BsonArray(members.stream().map(BsonString::new).toList()))
            .append("me", new BsonString(members.get(member)))
            .append("topologyVersion", topologyVersion())
            .append("logicalSessionTimeoutMinutes", new BsonInt32(30))
            .append("maxBsonObjectSize", new BsonInt32(16 * 1024 * 1024))
            .append("maxMessageSizeBytes", new BsonInt32(48_000_000))
            .append("maxWriteBatchSize", new BsonInt32(100_000))
            .append("minWireVersion", new BsonInt32(0))
            .append("maxWireVersion", new BsonInt32(21))
            .append("localTime", new BsonDateTime(System.currentTimeMillis()))
            .append("ok", new BsonDouble(1));
    if (primary != NOBODY) {
      hello.append("primary", new BsonString(members.get(primary)));
      if (member == primary) {
        hello.append("electionId", new BsonObjectId(term));
      }
    }
    return hello;
  }

  synchronized BsonDocument topologyVersion() {
    return new BsonDocument("processId", process).append("counter", new BsonInt64(version));
  }
}
