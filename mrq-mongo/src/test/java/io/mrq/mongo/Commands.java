package io.mrq.mongo;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Notes the commands that a client sends, those of its housekeeping apart. */
final class Commands implements CommandListener {
  private static final Set<String> HOUSEKEEPING =
      Set.of("hello", "isMaster", "ismaster", "endSessions", "killCursors");

  private final List<Sent> sent = new CopyOnWriteArrayList<>();

  /**
   * A command.
   *
   * @param name such as {@code find}
   * @param body all of it
   */
  record Sent(String name, BsonDocument body) {
    /** Its filters: one for a find, one for each write of a batch. */
    List<BsonDocument> filters() {
      return switch (name) {
        case "find" -> List.of(body.getDocument("filter", new BsonDocument()));
        case "distinct", "findAndModify" -> List.of(body.getDocument("query"));
        case "update" -> filters("updates");
        case "delete" -> filters("deletes");
        case "aggregate" ->
            List.of(body.getArray("pipeline").getFirst().asDocument().getDocument("$match"));
        default -> List.of();
      };
    }

    private List<BsonDocument> filters(String writes) {
      List<BsonDocument> filters = new ArrayList<>();
      for (BsonValue write : body.getArray(writes)) {
        filters.add(write.asDocument().getDocument("q"));
      }
      return filters;
    }
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    if (!HOUSEKEEPING.contains(event.getCommandName())) {
      sent.add(new Sent(event.getCommandName(), BsonDocument.parse(event.getCommand().toJson())));
    }
  }

  /** Forgets what was sent so far. */
  void clear() {
    sent.clear();
  }

  /** What was sent since. */
  List<Sent> sent() {
    return sent;
  }

  /** The names of what was sent since. */
  List<String> names() {
    return sent.stream().map(Sent::name).toList();
  }
}
