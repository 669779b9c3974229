package io.mrq.api.job;

import io.mrq.api.request.BodyLines;
import io.mrq.client.JobClient;
import io.mrq.hash.Sha256;
import io.mrq.job.JobId;
import io.mrq.key.IdempotencyKey;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the jobs of one body. Without an idempotency key they are new. With a key they depend
 * on the key, the number of the line and what it says, so that a body that is sent again makes no
 * job twice, and lines that were corrected meanwhile become jobs.
 */
final class LineIds {
  /** Tells a key that was used for lines from one that was used for a single job. */
  private static final String BODY = "lines";

  /** What is left of eight bytes for the number of the line orders a million lines. */
  private static final int HASH_BITS = 44;

  private final @Nullable JobId root;

  private LineIds(@Nullable JobId root) {
    this.root = root;
  }

  /**
   * The ids for a request.
   *
   * @param key the value of the header; null: there is none
   * @throws io.mrq.key.KeyReusedException when the key was used for a single job
   */
  static LineIds of(@Nullable String key, JobClient client) {
    return new LineIds(
        key == null ? null : client.rootOf(new IdempotencyKey(KeyHeader.SCOPE, key, BODY)));
  }

  /** The id of the job of a line. */
  JobId of(BodyLines.Line line) {
    if (root == null) {
      return JobId.next();
    }
    ByteBuffer place = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + Long.BYTES);
    place.putLong(root.head()).putInt(root.tail()).putLong(line.number());
    long hash = ByteBuffer.wrap(Sha256.of(place.array(), line.bytes())).getLong();
    // Jobs that are enqueued together are run in the order of their ids.
    long rest = (line.number() << HASH_BITS) | (hash >>> (Long.SIZE - HASH_BITS));
    long seconds = root.head() >>> Integer.SIZE;
    return new JobId((seconds << Integer.SIZE) | (rest >>> Integer.SIZE), (int) rest);
  }
}
