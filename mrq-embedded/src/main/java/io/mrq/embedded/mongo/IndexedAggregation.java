package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import io.mrq.embedded.mongo.index.CoveredGroup;
import java.util.List;

/**
 * Runs a pipeline as the library does, with help of the indexes: an index counts or groups alone
 * where it can, and otherwise finds the documents for a first {@code $match}.
 */
final class IndexedAggregation {
  private IndexedAggregation() {}

  static List<Document> run(
      Aggregation aggregation, List<Document> pipeline, StoreCollection collection) {
    Document filter = firstMatch(pipeline);
    long limit = limitOfCount(pipeline);
    Long count = limit > 0 ? collection.countByIndex(filter, limit) : null;
    if (count != null) {
      int number = Math.toIntExact(count);
      return count == 0 ? List.of() : List.of(new Document("_id", 1).append("n", number));
    }
    CoveredGroup covered = collection.covered(pipeline);
    try {
      return aggregation.runStages(
          covered == null ? collection.stream(filter) : covered.documents());
    } catch (CoveredGroup.NotAsStored e) {
      return aggregation.runStages(collection.stream(filter));
    }
  }

  /** Up to where the documents are to be counted, if that is what a driver asks; else 0. */
  static long limitOfCount(List<Document> pipeline) {
    Document counting = new Document("_id", 1).append("n", new Document("$sum", 1));
    if (pipeline.size() < 2 || !counting.equals(pipeline.getLast().get("$group"))) {
      return 0;
    }
    if (pipeline.size() == 2) {
      return Long.MAX_VALUE;
    }
    return pipeline.size() == 3 && pipeline.get(1).get("$limit") instanceof Number limit
        ? limit.longValue()
        : 0;
  }

  private static Document firstMatch(List<Document> pipeline) {
    return !pipeline.isEmpty() && pipeline.getFirst().get("$match") instanceof Document filter
        ? filter
        : new Document();
  }
}
