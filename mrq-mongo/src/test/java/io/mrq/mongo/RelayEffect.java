package io.mrq.mongo;

import java.util.concurrent.CountDownLatch;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;

/** What becomes of a request that a {@link ReplicaSetRelay} gets. */
public sealed interface RelayEffect {
  /** The label by which a server says that a write may be sent again. */
  String RETRYABLE = "RetryableWriteError";

  /** It is carried out and answered. */
  record Pass() implements RelayEffect {}

  /** The connection ends; the server never saw the request. */
  record CutBefore() implements RelayEffect {}

  /** It is carried out, and the connection ends in place of the answer. */
  record CutAfter() implements RelayEffect {}

  /** It is not carried out; this is the answer. */
  record Refused(BsonDocument answer) implements RelayEffect {}

  /** It is carried out, and this is added to the answer. */
  record Added(BsonDocument addition) implements RelayEffect {}

  /** One write of a batch, by its place, is not carried out but answered with an error. */
  record OneRefused(int index, int code) implements RelayEffect {}

  /** It is carried out when this is open. */
  record Delayed(CountDownLatch gate) implements RelayEffect {}

  /** The whole command fails, as when a server stops being primary. */
  public static RelayEffect failing(int code, String... labels) {
    return new Refused(error(code, labels));
  }

  /** Applied, but the majority did not confirm it. */
  public static RelayEffect unconfirmed(int code, String... labels) {
    BsonDocument addition =
        new BsonDocument(
            "writeConcernError",
            new BsonDocument("code", new BsonInt32(code))
                .append("codeName", new BsonString("Code" + code))
                .append("errmsg", new BsonString("waiting for replication failed")));
    return new Added(labels.length == 0 ? addition : addition.append("errorLabels", texts(labels)));
  }

  static BsonDocument error(int code, String... labels) {
    BsonDocument error =
        new BsonDocument("ok", new BsonDouble(0))
            .append("code", new BsonInt32(code))
            .append("codeName", new BsonString("Code" + code))
            .append("errmsg", new BsonString("error " + code + " of the relay"));
    return labels.length == 0 ? error : error.append("errorLabels", texts(labels));
  }

  private static BsonArray texts(String... texts) {
    BsonArray array = new BsonArray();
    for (String text : texts) {
      array.add(new BsonString(text));
    }
    return array;
  }
}
