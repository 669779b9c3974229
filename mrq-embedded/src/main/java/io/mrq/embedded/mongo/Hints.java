package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The index that a command names. It must exist, as in MongoDB. Which index is read is decided here
 * all the same, because every choice finds the same documents.
 */
final class Hints {

  private Hints() {}

  /**
   * Refuses a hint, a name or keys, that fits no index, or more than one.
   *
   * @param collection null when it does not exist; then there is nothing to find in any order
   * @throws BadValueException as MongoDB refuses it
   */
  static void check(@Nullable StoreCollection collection, @Nullable Object hint) {
    if (collection == null || hint == null || hint instanceof Document keys && isOpen(keys)) {
      return;
    }
    List<String> named =
        collection.getIndexes().stream()
            .filter(index -> hint.equals(index.getName()) || hasKeys(index, hint))
            .map(Index::getName)
            .toList();
    if (named.isEmpty()) {
      throw new BadValueException("hint provided does not correspond to an existing index");
    }
    if (named.size() > 1) {
      throw new BadValueException(
          "Hint matched multiple indexes, must hint by index name. Matched: " + named);
    }
  }

  /** Whether it asks for no index. */
  private static boolean isOpen(Document keys) {
    return keys.isEmpty() || keys.containsKey("$natural");
  }

  private static boolean hasKeys(Index<Object> index, Object hint) {
    List<IndexKey> keys = index.getKeys();
    if (!(hint instanceof Document wanted) || wanted.size() != keys.size()) {
      return false;
    }
    int place = 0;
    for (Map.Entry<String, Object> field : wanted.entrySet()) {
      IndexKey key = keys.get(place++);
      int direction = field.getValue() instanceof Number number ? number.intValue() : 0;
      if (!key.getKey().equals(field.getKey()) || direction != (key.isAscending() ? 1 : -1)) {
        return false;
      }
    }
    return true;
  }
}
