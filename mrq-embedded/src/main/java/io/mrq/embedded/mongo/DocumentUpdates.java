package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.FailedToParseException;
import io.mrq.embedded.mongo.index.Selection;
import java.util.List;

/** Updates the documents that match, or adds one when none does. */
record DocumentUpdates(
    StoreCollection collection, UpdateCalculation updates, ArrayFilters arrayFilters) {

  /** Carries out one update. The caller holds the lock of the collection. */
  Document run(Document selector, Document update, boolean multi, boolean upsert) {
    if (multi && !update.keySet().stream().allMatch(key -> key.startsWith("$"))) {
      throw new FailedToParseException(
          "multi update is not supported for replacement-style update");
    }
    Selection chosen = collection.select(selector);
    List<Document> found = collection.matching(chosen, multi ? 0 : 1);
    int modified = 0;
    for (Document document : found) {
      Document changed = updates.changed(document, chosen.rest(), update, arrayFilters);
      modified += collection.store(document, changed) ? 1 : 0;
    }
    Document answer = new Document("n", found.size()).append("nModified", modified);
    if (found.isEmpty() && upsert) {
      Document added = updates.inserted(selector, update, arrayFilters);
      collection.addDocument(added);
      answer.put("upserted", added.get("_id"));
    }
    return answer;
  }
}
