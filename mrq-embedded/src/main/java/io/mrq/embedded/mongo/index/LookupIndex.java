package io.mrq.embedded.mongo.index;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** An index that can list all documents that a filter may match. */
interface LookupIndex {
  String getName();

  /**
   * The {@code _id}s of all documents that can meet the conditions, each once, or null when this
   * index does not help. Some of them may not match, or may have been deleted meanwhile.
   */
  @Nullable Collection<Object> candidates(Conditions conditions);
}
