package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import io.mrq.embedded.mongo.file.CommitGate;
import io.mrq.embedded.mongo.file.StoreFile;
import io.mrq.embedded.mongo.index.TimeLimit;
import io.mrq.embedded.mongo.raw.RawDocument;
import io.mrq.embedded.mongo.raw.RawMessage;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The commands of which a queue sends the most, carried out on bytes as far as they have the usual
 * shape. Their effect is that of the library, which carries out all others.
 *
 * @param library carries out a command in its own form
 */
record RawCommands(
    StoreDatabase database, StoreFile file, CommitGate gate, UnaryOperator<Document> library) {

  static final Set<String> NAMES = Set.of("find", "findAndModify", "insert", "update");

  /** The answer; null when the command has another shape, and nothing was done. */
  @Nullable Answer answer(RawMessage message) {
    RawCollection collection = database.rawCollection(message.collection());
    if (collection == null) {
      return null;
    }
    return switch (message.command()) {
      case "find" -> find(message, RawFindCommand.of(message, collection));
      case "findAndModify" -> {
        RawFindAndModifyCommand command = RawFindAndModifyCommand.of(message, collection);
        Document changed = command == null ? null : run(message, command::run);
        yield changed == null ? null : new Answer.Decoded(changed);
      }
      case "insert" -> {
        RawInsertCommand command = RawInsertCommand.of(message, collection);
        yield command == null ? null : written(message, command::run);
      }
      case "update" -> {
        RawUpdateCommand command = RawUpdateCommand.of(message, collection);
        yield command == null
            ? null
            : written(message, () -> command.run(update -> decoded(message, update)));
      }
      default -> null;
    };
  }

  private Document decoded(RawMessage message, Document update) {
    return library.apply(
        new Document("update", message.collection()).append("updates", List.of(update)));
  }

  private @Nullable Answer find(RawMessage message, @Nullable RawFindCommand command) {
    if (command == null) {
      return null;
    }
    List<RawDocument> found =
        file.reading(() -> TimeLimit.keptBy(message.timeLimit(), command::run));
    return found == null
        ? null
        : new Answer.Found(message.database() + "." + message.collection(), found);
  }

  private Answer written(RawMessage message, Supplier<Document> command) {
    return new Answer.Decoded(run(message, command));
  }

  private <T extends @Nullable Object> T run(RawMessage message, Supplier<T> command) {
    return gate.write(() -> TimeLimit.keptBy(message.timeLimit(), command));
  }
}
