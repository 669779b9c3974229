package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the documents for a filter are found.
 *
 * @param ids the {@code _id}s of all documents that can match, each once; null for all documents
 * @param index the name of the index that finds them; null for all documents
 * @param range of {@code _id}s that has all documents that can match; null: all of them
 * @param rest what is still to be checked of each document
 * @param sorted whether they come in the order that was asked for
 */
public record Selection(
    @Nullable Supplier<Stream<Object>> ids,
    @Nullable String index,
    Conditions.@Nullable Range range,
    Document rest,
    boolean sorted) {

  /**
   * Every document of the collection, or of the range of {@code _id}s for which the filter asks,
   * each to be checked by the whole filter.
   */
  static Selection all(Document filter, boolean sorted) {
    Conditions.Range range = Conditions.of(filter).range("_id");
    boolean isOfIds = range != null && isId(range.lower()) && isId(range.upper());
    return new Selection(null, null, isOfIds ? range : null, filter, sorted);
  }

  private static boolean isId(@Nullable Object bound) {
    return bound == null || bound instanceof ObjectId;
  }

  /**
   * Exactly the documents with these {@code _id}s. The filter's own demand on {@code _id} is met,
   * and must not be checked again: for a long {@code $in} the library compares one by one.
   */
  static Selection byId(Collection<Object> ids, Document filter) {
    Document rest = filter.clone();
    rest.remove("_id");
    return new Selection(ids::stream, "_id_", null, rest, false);
  }

  static Selection byKey(String index, Collection<Object> ids, Document filter) {
    return new Selection(ids::stream, index, null, filter, false);
  }

  static Selection by(IndexScan scan, Document filter) {
    return new Selection(scan::ids, scan.index().getName(), null, filter, scan.isSorted());
  }
}
