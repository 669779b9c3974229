package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Where the library's answers to writes of many documents differ from MongoDB's. */
final class WriteCommands {

  private static final String ERRORS = "writeErrors";

  private WriteCommands() {}

  /** The library counts refused documents as inserted. */
  static Document insert(Document command, UnaryOperator<Document> library) {
    Document answer = library.apply(command);
    List<Document> errors = documents(answer, ERRORS);
    if (!errors.isEmpty()) {
      int sent = documents(command, "documents").size();
      int inserted = isOrdered(command) ? number(errors.getFirst(), "index") : sent - errors.size();
      answer.put("n", inserted);
    }
    return answer;
  }

  /** The library continues after an error even when the updates are ordered. */
  static Document update(Document command, UnaryOperator<Document> library) {
    List<Document> updates = documents(command, "updates");
    if (updates.size() == 1 || !isOrdered(command)) {
      return library.apply(command);
    }
    int matched = 0;
    int modified = 0;
    List<Document> upserted = new ArrayList<>();
    List<Document> errors = List.of();
    for (int i = 0; i < updates.size() && errors.isEmpty(); i++) {
      Document one = command.clone();
      one.put("updates", List.of(updates.get(i)));
      Document answer = library.apply(one);
      matched += number(answer, "n");
      modified += number(answer, "nModified");
      upserted.addAll(withIndex(documents(answer, "upserted"), i));
      errors = withIndex(documents(answer, ERRORS), i);
    }
    Document answer = new Document("n", matched).append("nModified", modified);
    if (!upserted.isEmpty()) {
      answer.put("upserted", upserted);
    }
    if (!errors.isEmpty()) {
      answer.put(ERRORS, errors);
    }
    Utils.markOkay(answer);
    return answer;
  }

  private static List<Document> withIndex(List<Document> entries, int index) {
    entries.forEach(entry -> entry.put("index", index));
    return entries;
  }

  private static boolean isOrdered(Document command) {
    return !Boolean.FALSE.equals(command.get("ordered"));
  }

  private static int number(Document document, String field) {
    return document.get(field) instanceof Number number ? number.intValue() : 0;
  }

  private static List<Document> documents(Document document, String field) {
    return document.get(field) instanceof Iterable<?> entries
        ? toDocuments(entries)
        : new ArrayList<>();
  }

  private static List<Document> toDocuments(Iterable<?> entries) {
    List<Document> documents = new ArrayList<>();
    for (Object entry : entries) {
      documents.add((Document) entry);
    }
    return documents;
  }
}
