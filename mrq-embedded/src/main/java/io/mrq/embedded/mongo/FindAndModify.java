package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.AbstractMongoCollection.FindAndModifyPlanExecutorError;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.FailedToParseException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes or removes the first document that matches, and answers with it. */
final class FindAndModify {

  private static final String PREFIX = "Plan executor error during findAndModify :: caused by :: ";

  private final StoreCollection collection;
  private final UpdateCalculation updates;
  private final Document command;
  private final Document filter;
  private final Document effect = new Document("n", 0);

  private FindAndModify(StoreCollection collection, UpdateCalculation updates, Document command) {
    this.collection = collection;
    this.updates = updates;
    this.command = command;
    this.filter = command.get("query") instanceof Document given ? given : new Document();
  }

  /** The answer to a command. The caller holds the lock of the collection. */
  static Document on(StoreCollection collection, UpdateCalculation updates, Document command) {
    FindAndModify task = new FindAndModify(collection, updates, command);
    Document wanted = task.run();
    if (wanted != null && command.get("fields") instanceof Document fields) {
      wanted = collection.projected(wanted, fields);
    }
    Document answer = new Document("lastErrorObject", task.effect).append("value", wanted);
    Utils.markOkay(answer);
    return answer;
  }

  private @Nullable Document run() {
    List<Document> found = collection.find(filter, (Document) command.get("sort"), 0, 1, null);
    Document document = found.isEmpty() ? null : found.getFirst();
    if (isTrue("remove")) {
      if (document != null) {
        collection.removeDocument(document);
        effect.put("n", 1);
      }
      return document;
    }
    if (!(command.get("update") instanceof Document update)) {
      throw new FailedToParseException("Either an update or remove=true must be specified");
    }
    effect.put("updatedExisting", document != null);
    if (document != null) {
      effect.put("n", 1);
      Document changed = change(document, update);
      return isTrue("new") ? changed : document;
    }
    if (!isTrue("upsert")) {
      return null;
    }
    Document added = updates.inserted(calculated().append("upsert", true), filter, update);
    collection.addDocument(added);
    effect.append("upserted", added.get("_id")).put("n", 1);
    return isTrue("new") ? added : null;
  }

  private Document change(Document document, Document update) {
    try {
      Document changed = updates.changed(document, calculated(), update);
      collection.store(document, changed);
      return changed;
    } catch (MongoServerError e) {
      if (e instanceof FindAndModifyPlanExecutorError || !e.shouldPrefixCommandContext()) {
        throw e;
      }
      throw new MongoServerError(
          e.getCode(), e.getCodeName(), PREFIX + e.getMessageWithoutErrorCode(), e);
    }
  }

  /** What the library must know to work the update out. */
  private Document calculated() {
    Document calculated = new Document("query", filter).append("update", command.get("update"));
    Object arrayFilters = command.get("arrayFilters");
    return arrayFilters == null ? calculated : calculated.append("arrayFilters", arrayFilters);
  }

  private boolean isTrue(String option) {
    return Utils.isTrue(command.get(option));
  }
}
