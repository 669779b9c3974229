package io.mrq.embedded.mongo;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** An index that can name all documents which a filter may match. */
interface LookupIndex {

  /**
   * The {@code _id}s of all documents that can meet the conditions, each once, or null when this
   * index does not help. Some of them may not match in the end, or be gone already.
   */
  @Nullable Collection<Object> candidates(Conditions conditions);
}
