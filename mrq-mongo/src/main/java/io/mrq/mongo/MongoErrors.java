package io.mrq.mongo;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import io.mrq.store.NotStorableException;
import io.mrq.store.StoreUnavailableException;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.BSONException;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * What the driver throws, in the two exceptions that the ports know: the store did not answer (or
 * said that it cannot now), or the document can never be stored.
 */
final class MongoErrors {
  /** A document, or the result of an update, is too large. */
  private static final Set<Integer> TOO_LARGE = Set.of(10334, 17419, 17420);

  /**
   * Errors that a single write of a batch can carry although nothing is wrong with its document: an
   * election, a shutdown, a moved chunk, a conflict, a time limit, or an unreachable shard.
   */
  private static final Set<Integer> PASSING =
      Set.of(
          6, 7, 24, 46, 50, 63, 64, 82, 89, 91, 100, 112, 133, 150, 175, 189, 202, 262, 9001, 10107,
          11600, 11601, 11602, 13388, 13435, 13436, 14031);

  private static final int MAX_TIME_EXPIRED = 50;

  private MongoErrors() {}

  /**
   * Calls the driver and translates what it throws.
   *
   * @param doing completes the sentence "MongoDB did not answer while …"
   */
  static <T extends @Nullable Object> T answer(String doing, Supplier<T> call) {
    try {
      return call.get();
    } catch (MongoException | BSONException | CodecConfigurationException e) {
      throw translated(doing, e);
    } catch (IllegalStateException e) {
      // The driver's way to say that its client was closed.
      throw unavailable(doing, e);
    }
  }

  /** As {@link #answer}, for a call without one. */
  static void run(String doing, Runnable call) {
    MongoErrors.<@Nullable Void>answer(
        doing,
        () -> {
          call.run();
          return null;
        });
  }

  /** Whether the error says that the {@code _id} is taken, and no other unique index. */
  static boolean isDuplicateId(MongoException e) {
    return e instanceof MongoWriteException write
        && isDuplicateId(write.getError().getCode(), write.getError().getMessage());
  }

  /** As above, for one write of a batch. */
  static boolean isDuplicateId(BulkWriteError error) {
    return isDuplicateId(error.getCode(), error.getMessage());
  }

  /** Whether the store will never accept this write of a batch. */
  static boolean isRefusal(BulkWriteError error) {
    return !PASSING.contains(error.getCode());
  }

  /** Whether the error says that the store cannot answer now, and may later. */
  static boolean isPassing(MongoException e) {
    return PASSING.contains(e.getCode());
  }

  /** Whether the server ended an operation that took longer than it may. */
  static boolean isTooSlow(Throwable e) {
    return e instanceof MongoExecutionTimeoutException
        || (e instanceof MongoException coded && coded.getCode() == MAX_TIME_EXPIRED)
        || (e.getCause() != null && e.getCause() != e && isTooSlow(e.getCause()));
  }

  /** The store did not answer, or what it did is unknown. */
  static StoreUnavailableException unavailable(String doing, Throwable cause) {
    return new StoreUnavailableException(
        "MongoDB did not answer while %s: %s".formatted(doing, cause.getMessage()), cause);
  }

  /** What a refused write is told with. */
  static String reason(BulkWriteError error) {
    return TOO_LARGE.contains(error.getCode())
        ? "the document would be larger than MongoDB stores: " + error.getMessage()
        : "MongoDB refused the document: " + error.getMessage();
  }

  private static RuntimeException translated(String doing, RuntimeException e) {
    if (e instanceof BsonMaximumSizeExceededException || isTooLarge(e)) {
      return new NotStorableException(
          "A document is larger than MongoDB stores, while " + doing + ": " + e.getMessage(), e);
    }
    if (e instanceof MongoBulkWriteException bulk) {
      return translatedBulk(doing, bulk);
    }
    if (e instanceof BSONException || e instanceof CodecConfigurationException) {
      return new NotStorableException(
          "A value has no form in a document, while " + doing + ": " + e.getMessage(), e);
    }
    return unavailable(doing, e);
  }

  private static RuntimeException translatedBulk(String doing, MongoBulkWriteException e) {
    boolean refused =
        e.getWriteConcernError() == null
            && !e.getWriteErrors().isEmpty()
            && e.getWriteErrors().stream().allMatch(MongoErrors::isRefusal);
    return refused
        ? new NotStorableException(
            "While " + doing + ", " + reason(e.getWriteErrors().getFirst()), e)
        : unavailable(doing, e);
  }

  private static boolean isTooLarge(RuntimeException e) {
    return e instanceof MongoServerException server && TOO_LARGE.contains(server.getCode());
  }

  private static boolean isDuplicateId(int code, String message) {
    return ErrorCategory.fromErrorCode(code) == ErrorCategory.DUPLICATE_KEY
        && message.contains("_id_");
  }
}
