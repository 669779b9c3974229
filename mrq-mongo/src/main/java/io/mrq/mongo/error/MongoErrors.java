package io.mrq.mongo.error;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketReadTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import io.mrq.store.NotStorableException;
import io.mrq.store.StoreRefusedException;
import io.mrq.store.StoreUnavailableException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BSONException;
import org.bson.BsonMaximumSizeExceededException;
import org.bson.codecs.configuration.CodecConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Translates what the driver throws into the exceptions of the ports: the store is unavailable, it
 * refused the question, or it can never store the document. Only the codes of {@link RefusalCodes}
 * are refusals; every other error may pass.
 */
public final class MongoErrors {
  /** The codes for an operation that took too long, or more memory than it may have. */
  private static final Set<Integer> TOO_SLOW = Set.of(50, 292);

  /** Finds the index whose key is a duplicate, where the message names it. */
  private static final Pattern INDEX = Pattern.compile("\\bindex: (\\S+)");

  private MongoErrors() {}

  /**
   * Calls the driver and translates what it throws.
   *
   * @param doing completes the sentence "MongoDB did not answer while …"
   */
  public static <T extends @Nullable Object> T answer(String doing, Supplier<T> call) {
    try {
      return call.get();
    } catch (MongoException | BSONException | CodecConfigurationException e) {
      throw translated(doing, e);
    } catch (IllegalStateException e) {
      // The driver says so when its client was closed.
      throw new StoreUnavailableException(
          "MongoDB did not answer while %s: %s".formatted(doing, e.getMessage()), e);
    }
  }

  /** Calls the driver as {@link #answer} does, where nothing is answered. */
  public static void run(String doing, Runnable call) {
    MongoErrors.<@Nullable Void>answer(
        doing,
        () -> {
          call.run();
          return null;
        });
  }

  /** Whether the error says that the {@code _id} is taken. */
  public static boolean isDuplicateId(MongoException e) {
    return e instanceof MongoWriteException write
        && isDuplicateId(write.getError().getCode(), write.getError().getMessage());
  }

  /** Whether the error of one write of a batch says that the {@code _id} is taken. */
  public static boolean isDuplicateId(BulkWriteError error) {
    return isDuplicateId(error.getCode(), error.getMessage());
  }

  /** Whether the store will never accept this write of a batch. */
  public static boolean isRefusal(BulkWriteError error) {
    return RefusalCodes.contains(error.getCode());
  }

  /** Whether the store would refuse this again, because of its documents or of the question. */
  public static boolean isRefusal(MongoException e) {
    return switch (e) {
      case MongoBulkWriteException bulk ->
          bulk.getWriteConcernError() == null
              && !bulk.getWriteErrors().isEmpty()
              && bulk.getWriteErrors().stream().allMatch(MongoErrors::isRefusal);
      // The write was applied, but may still be rolled back.
      case MongoWriteConcernException _ -> false;
      case MongoServerException answered -> RefusalCodes.contains(answered.getCode());
      default -> false;
    };
  }

  /**
   * Whether a question took longer than it may. Server and driver keep the same limit: either the
   * server says so, or the driver stops waiting first.
   */
  public static boolean isTooSlow(Throwable e) {
    return e instanceof MongoExecutionTimeoutException
        || (e instanceof MongoServerException coded && TOO_SLOW.contains(coded.getCode()))
        || (e instanceof MongoOperationTimeoutException
            && e.getCause() instanceof MongoSocketReadTimeoutException)
        || (e.getCause() != null && e.getCause() != e && isTooSlow(e.getCause()));
  }

  /** Says why a write was refused, to follow a colon or a comma. */
  public static String reason(BulkWriteError error) {
    return reason(error.getCode(), error.getMessage());
  }

  private static String reason(int code, String message) {
    return RefusalCodes.isTooLarge(code)
        ? "the document would be larger than MongoDB stores: " + message
        : "MongoDB refused the document: " + message;
  }

  private static RuntimeException translated(String doing, RuntimeException e) {
    if (e instanceof BsonMaximumSizeExceededException) {
      return new NotStorableException(
          "A document is larger than MongoDB stores, while " + doing + ": " + e.getMessage(), e);
    }
    if (e instanceof MongoException mongo) {
      return isRefusal(mongo) ? refused(doing, mongo) : unavailable(doing, mongo);
    }
    return new NotStorableException(
        "A value cannot be stored in a document, while " + doing + ": " + e.getMessage(), e);
  }

  private static RuntimeException refused(String doing, MongoException e) {
    return switch (e) {
      case MongoBulkWriteException bulk ->
          new NotStorableException(
              "While " + doing + ", " + reason(bulk.getWriteErrors().getFirst()), e);
      case MongoWriteException write ->
          new NotStorableException(
              "While %s, %s"
                  .formatted(
                      doing, reason(write.getError().getCode(), write.getError().getMessage())),
              e);
      default ->
          RefusalCodes.isTooLarge(e.getCode())
              ? new NotStorableException("While " + doing + ", " + reason(e.getCode(), text(e)), e)
              : new StoreRefusedException(
                  "MongoDB refused the command while %s: %s".formatted(doing, text(e)), e);
    };
  }

  private static StoreUnavailableException unavailable(String doing, MongoException e) {
    String sentence =
        e instanceof MongoServerException
            ? "MongoDB answered with an error while %s: %s"
            : "MongoDB did not answer while %s: %s";
    return new StoreUnavailableException(sentence.formatted(doing, text(e)), e);
  }

  private static String text(MongoException e) {
    return String.valueOf(e.getMessage());
  }

  private static boolean isDuplicateId(int code, String message) {
    if (ErrorCategory.fromErrorCode(code) != ErrorCategory.DUPLICATE_KEY) {
      return false;
    }
    Matcher index = INDEX.matcher(message);
    // Not every server names the index; only ids are unique in our collections.
    return !index.find() || index.group(1).equals("_id_") || index.group(1).endsWith("$_id_");
  }
}
