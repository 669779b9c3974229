package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.BadValueException;
import de.bwaldvogel.mongo.exception.MongoServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where the library's answers to writes of many documents differ from MongoDB's. */
final class WriteCommands {

  static final String ERRORS = "writeErrors";

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

  /**
   * Carries the updates out one by one: the library continues after an error even when they are
   * ordered.
   */
  static Document update(
      Document command, @Nullable StoreCollection collection, UnaryOperator<Document> library) {
    return oneByOne(command, "updates", collection, library);
  }

  /** Carries the deletions out one by one. */
  static Document delete(
      Document command, @Nullable StoreCollection collection, UnaryOperator<Document> library) {
    return oneByOne(command, "deletes", collection, library);
  }

  private static Document oneByOne(
      Document command,
      String field,
      @Nullable StoreCollection collection,
      UnaryOperator<Document> library) {
    boolean isUpdate = field.equals("updates");
    int matched = 0;
    int modified = 0;
    List<Document> upserted = new ArrayList<>();
    List<Document> errors = new ArrayList<>();
    List<Document> statements = documents(command, field);
    for (int i = 0; i < statements.size() && (errors.isEmpty() || !isOrdered(command)); i++) {
      Document statement = statements.get(i);
      Document one = command.clone();
      one.put(field, List.of(statement));
      try {
        Hints.check(collection, statement.get("hint"));
      } catch (BadValueException e) {
        errors.add(error(i, e));
        continue;
      }
      Document answer = library.apply(one);
      matched += number(answer, "n");
      modified += number(answer, "nModified");
      upserted.addAll(withIndex(answer, "upserted", i));
      errors.addAll(withIndex(answer, ERRORS, i));
    }
    Document answer = new Document("n", matched);
    if (isUpdate) {
      answer.put("nModified", modified);
    }
    appendLists(answer, upserted, errors);
    Utils.markOkay(answer);
    return answer;
  }

  static void appendLists(Document answer, List<Document> upserted, List<Document> errors) {
    if (!upserted.isEmpty()) {
      answer.put("upserted", upserted);
    }
    if (!errors.isEmpty()) {
      answer.put(ERRORS, errors);
    }
  }

  static Document error(int index, MongoServerError e) {
    Document error =
        new Document("index", index)
            .append("errmsg", e.getMessageWithoutErrorCode())
            .append("code", e.getCode());
    error.putIfNotNull("codeName", e.getCodeName());
    return error;
  }

  /** The entries of an answer to one write, as those of a write at this place. */
  static List<Document> withIndex(Document answer, String field, int index) {
    List<Document> entries = documents(answer, field);
    entries.forEach(entry -> entry.put("index", index));
    return entries;
  }

  private static boolean isOrdered(Document command) {
    return !Boolean.FALSE.equals(command.get("ordered"));
  }

  static int number(Document document, String field) {
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
