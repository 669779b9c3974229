package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How the documents for a filter are found.
 *
 * @param ids the {@code _id}s of all documents that can match, each once; null for all documents
 * @param rest what is still to be checked of each document
 */
record Selection(@Nullable Collection<Object> ids, Document rest) {

  /** Every document of the collection, each to be checked by the whole filter. */
  static Selection all(Document filter) {
    return new Selection(null, filter);
  }

  /**
   * Exactly the documents with these {@code _id}s. The filter's own demand on {@code _id} is met,
   * and must not be checked again: for a long {@code $in} the library compares one by one.
   */
  static Selection byId(Collection<Object> ids, Document filter) {
    Document rest = filter.clone();
    rest.remove("_id");
    return new Selection(ids, rest);
  }
}
