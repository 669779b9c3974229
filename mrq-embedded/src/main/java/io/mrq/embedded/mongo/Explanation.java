package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import io.mrq.embedded.mongo.index.CollectionIndexes;
import io.mrq.embedded.mongo.index.CoveredGroup;
import io.mrq.embedded.mongo.index.IndexPlanner;
import io.mrq.embedded.mongo.index.IndexScan;
import io.mrq.embedded.mongo.index.Selection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells by which index a command would be carried out, in the form of MongoDB's {@code explain}:
 * {@code queryPlanner.winningPlan} has {@code stage} and {@code indexName}. What an index answers
 * alone has the stage {@code PROJECTION_COVERED}.
 */
final class Explanation {
  private Explanation() {}

  /**
   * Explains a command.
   *
   * @throws BadValueException when it is none that looks for documents by one filter
   */
  static Document of(StoreCollection collection, Document command) {
    CollectionIndexes indexes = collection.indexes();
    String name = command.keySet().iterator().next();
    Document plan =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "find" -> ofFind(indexes, command);
          case "count" -> scan(indexes.select(document(command, "query"), null).index());
          case "distinct" -> ofDistinct(indexes, command);
          case "aggregate" -> ofAggregate(indexes, Aggregation.parse(command.get("pipeline")));
          case "update" -> ofWrite(indexes, command, "updates");
          case "delete" -> ofWrite(indexes, command, "deletes");
          default -> throw new BadValueException("cannot explain the command " + name);
        };
    Document answer = new Document("queryPlanner", new Document("winningPlan", plan));
    Utils.markOkay(answer);
    return answer;
  }

  private static Document ofFind(CollectionIndexes indexes, Document command) {
    Selection chosen = indexes.select(document(command, "filter"), (Document) command.get("sort"));
    // The documents are stored in the order of their ids.
    return scan(chosen.index() == null && chosen.sorted() ? "_id_" : chosen.index());
  }

  private static Document ofDistinct(CollectionIndexes indexes, Document command) {
    Document filter = document(command, "query");
    String index = indexes.indexOfDistinct(String.valueOf(command.get("key")), filter);
    return index == null ? scan(indexes.select(filter, null).index()) : covered(index);
  }

  private static Document ofAggregate(CollectionIndexes indexes, List<Document> pipeline) {
    Document filter = pipeline.isEmpty() ? new Document() : document(pipeline.getFirst(), "$match");
    CoveredGroup group = indexes.covered(pipeline);
    if (group != null) {
      return covered(group.scan().index().getName());
    }
    IndexScan counted = IndexPlanner.covering(indexes.ordered(), filter, null);
    return counted != null && IndexedAggregation.limitOfCount(pipeline) > 0
        ? covered(counted.index().getName())
        : scan(indexes.select(filter, null).index());
  }

  /** That of the first of its statements. */
  private static Document ofWrite(CollectionIndexes indexes, Document command, String field) {
    List<?> statements = (List<?>) command.get(field);
    Document filter =
        statements == null || statements.isEmpty()
            ? new Document()
            : document((Document) statements.getFirst(), "q");
    return scan(indexes.select(filter, null).index());
  }

  private static Document document(Document command, String field) {
    return command.get(field) instanceof Document document ? document : new Document();
  }

  private static Document covered(String index) {
    return new Document("stage", "PROJECTION_COVERED").append("inputStage", scan(index));
  }

  private static Document scan(@Nullable String index) {
    return index == null
        ? new Document("stage", "COLLSCAN")
        : new Document("stage", "IXSCAN").append("indexName", index);
  }
}
