package io.mrq.mongo.job;

import io.mrq.job.ClaimToken;
import io.mrq.job.JobId;
import io.mrq.job.WorkerId;
import java.nio.ByteBuffer;
import org.bson.types.ObjectId;

/** Ids to ObjectIds and back, without their text. */
final class StoredIds {
  private static final int LENGTH = 12;

  private StoredIds() {}

  /** The ObjectId of these bytes, the first one highest. */
  static ObjectId of(long head, int tail) {
    return new ObjectId(ByteBuffer.allocate(LENGTH).putLong(head).putInt(tail).flip());
  }

  static JobId job(ObjectId id) {
    ByteBuffer bytes = ByteBuffer.wrap(id.toByteArray());
    return new JobId(bytes.getLong(), bytes.getInt());
  }

  static WorkerId worker(ObjectId id) {
    ByteBuffer bytes = ByteBuffer.wrap(id.toByteArray());
    return new WorkerId(bytes.getLong(), bytes.getInt());
  }

  static ClaimToken claim(ObjectId id) {
    ByteBuffer bytes = ByteBuffer.wrap(id.toByteArray());
    return new ClaimToken(bytes.getLong(), bytes.getInt());
  }
}
