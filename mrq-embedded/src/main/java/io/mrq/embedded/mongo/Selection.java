package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the documents for a filter are found.
 *
 * @param ids the {@code _id}s of all documents that can match, each once; null for all documents
 * @param rest what is still to be checked of each document
 * @param sorted whether they come in the order that was asked for
 */
record Selection(@Nullable Supplier<Stream<Object>> ids, Document rest, boolean sorted) {

  /** Every document of the collection, each to be checked by the whole filter. */
  static Selection all(Document filter, boolean sorted) {
    return new Selection(null, filter, sorted);
  }

  /**
   * Exactly the documents with these {@code _id}s. The filter's own demand on {@code _id} is met,
   * and must not be checked again: for a long {@code $in} the library compares one by one.
   */
  static Selection byId(Collection<Object> ids, Document filter) {
    Document rest = filter.clone();
    rest.remove("_id");
    return new Selection(ids::stream, rest, false);
  }

  static Selection byKey(Collection<Object> ids, Document filter) {
    return new Selection(ids::stream, filter, false);
  }

  static Selection by(IndexScan scan, Document filter) {
    return new Selection(scan::ids, filter, scan.isSorted());
  }
}
