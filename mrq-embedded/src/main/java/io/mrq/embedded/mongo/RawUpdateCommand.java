package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.mrq.embedded.mongo.raw.RawMessage;
import io.mrq.embedded.mongo.raw.RawName;
import io.mrq.embedded.mongo.raw.RawStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An {@code update} whose updates name their documents by {@code _id}. What one of them cannot do
 * on bytes, the library does.
 */
final class RawUpdateCommand {

  private static final Set<String> OPTIONS =
      Set.of("$db", "ordered", "writeConcern", "maxTimeMS", "lsid", "$readPreference");
  private static final RawName ORDERED = RawName.of("ordered");

  /** One update: on bytes, or as the library wants it. */
  private record Step(@Nullable RawStatement raw, Document decoded) {
    static final Document NONE = new Document();
  }

  private final RawCollection collection;
  private final List<Step> steps;
  private final boolean ordered;

  private RawUpdateCommand(RawCollection collection, List<Step> steps, boolean ordered) {
    this.collection = collection;
    this.steps = steps;
    this.ordered = ordered;
  }

  /** The command; null when it is of another shape. */
  static @Nullable RawUpdateCommand of(RawMessage message, RawCollection collection) {
    if (!message.attachedName().equals("updates")
        || !message.hasOnly(OPTIONS)
        || !collection.takesWrites()) {
      return null;
    }
    List<Step> steps = new ArrayList<>();
    for (RawDocument statement : message.attached()) {
      RawStatement raw = RawStatement.of(statement);
      steps.add(new Step(raw, raw == null ? statement.decode() : Step.NONE));
    }
    return new RawUpdateCommand(collection, steps, !Boolean.FALSE.equals(message.option(ORDERED)));
  }

  /**
   * Carries out all updates, or those before the first error.
   *
   * @param library carries out one update that is written as a command
   */
  Document run(UnaryOperator<Document> library) {
    int matched = 0;
    int modified = 0;
    List<Document> upserted = new ArrayList<>();
    List<Document> errors = new ArrayList<>();
    for (int i = 0; i < steps.size() && (errors.isEmpty() || !ordered); i++) {
      RawStatement raw = steps.get(i).raw;
      if (raw == null) {
        Document answer = library.apply(steps.get(i).decoded);
        matched += WriteCommands.number(answer, "n");
        modified += WriteCommands.number(answer, "nModified");
        upserted.addAll(WriteCommands.withIndex(answer, "upserted", i));
        errors.addAll(WriteCommands.withIndex(answer, WriteCommands.ERRORS, i));
        continue;
      }
      try {
        RawUpdates.UpdateCount count = collection.update(raw);
        matched += count.matched();
        modified += count.modified();
      } catch (MongoServerError e) {
        errors.add(WriteCommands.error(i, e));
      }
    }
    Document answer = new Document("n", matched).append("nModified", modified);
    WriteCommands.appendLists(answer, upserted, errors);
    Utils.markOkay(answer);
    return answer;
  }
}
