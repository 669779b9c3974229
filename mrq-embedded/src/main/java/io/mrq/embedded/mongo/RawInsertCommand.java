package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.ObjectId;
import io.mrq.embedded.mongo.raw.Bson;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.mrq.embedded.mongo.raw.RawMessage;
import io.mrq.embedded.mongo.raw.RawName;
import io.mrq.embedded.mongo.raw.RawValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An {@code insert} of documents that can be stored as they came. */
final class RawInsertCommand {

  private static final Set<String> OPTIONS =
      Set.of("$db", "ordered", "writeConcern", "maxTimeMS", "lsid", "$readPreference");
  private static final RawName ORDERED = RawName.of("ordered");
  private static final RawName ID = RawName.of("_id");

  private final RawCollection collection;
  private final List<RawDocument> documents;
  private final boolean ordered;

  private RawInsertCommand(RawCollection collection, List<RawDocument> documents, boolean ordered) {
    this.collection = collection;
    this.documents = documents;
    this.ordered = ordered;
  }

  /** The command; null when it is of another shape. */
  static @Nullable RawInsertCommand of(RawMessage message, RawCollection collection) {
    if (!message.attachedName().equals("documents")
        || !message.hasOnly(OPTIONS)
        || !collection.takesWrites()) {
      return null;
    }
    for (RawDocument document : message.attached()) {
      if (!(document.value(ID) instanceof ObjectId)
          || document.end() - document.start() > Bson.MAX_DOCUMENT_SIZE
          || !RawValues.areStorable(document)) {
        return null;
      }
    }
    return new RawInsertCommand(
        collection, message.attached(), !Boolean.FALSE.equals(message.option(ORDERED)));
  }

  /** Stores the documents, or those before the first that is refused. */
  Document run() {
    List<Document> errors = new ArrayList<>();
    int stored = 0;
    for (int i = 0; i < documents.size() && (errors.isEmpty() || !ordered); i++) {
      List<Document> refused = collection.insert(documents.get(i));
      stored += refused.isEmpty() ? 1 : 0;
      for (Document error : refused) {
        error.put("index", i);
        errors.add(error);
      }
    }
    Document answer = new Document("n", stored);
    WriteCommands.appendLists(answer, List.of(), errors);
    Utils.markOkay(answer);
    return answer;
  }
}
