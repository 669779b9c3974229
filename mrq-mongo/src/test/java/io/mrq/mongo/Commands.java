package io.mrq.mongo;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/** Notes the commands that a client sends, those of its housekeeping apart. */
public final class Commands implements CommandListener {
  private static final Set<String> HOUSEKEEPING =
      Set.of("hello", "isMaster", "ismaster", "endSessions", "killCursors");

  private final List<Sent> sent = new CopyOnWriteArrayList<>();

  /**
   * A command.
   *
   * @param name such as {@code find}
   * @param body all of it
   */
  public record Sent(String name, BsonDocument body) {
    /** Its filters: one for a find, one for each write of a batch. */
    public List<BsonDocument> filters() {
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

    /** What it tells the server to go by, for each of its filters; null where it does not. */
    public List<@Nullable BsonValue> hints() {
      return switch (name) {
        case "update" -> each("updates", "hint");
        case "delete" -> each("deletes", "hint");
        default -> Collections.singletonList(body.get("hint"));
      };
    }

    private List<BsonDocument> filters(String writes) {
      return each(writes, "q").stream()
          .map(filter -> Objects.requireNonNull(filter).asDocument())
          .toList();
    }

    private List<@Nullable BsonValue> each(String writes, String field) {
      List<@Nullable BsonValue> found = new ArrayList<>();
      for (BsonValue write : body.getArray(writes)) {
        found.add(write.asDocument().get(field));
      }
      return found;
    }
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    if (!HOUSEKEEPING.contains(event.getCommandName())) {
      sent.add(new Sent(event.getCommandName(), BsonDocument.parse(event.getCommand().toJson())));
    }
  }

  /** Forgets what was sent so far. */
  public void clear() {
    sent.clear();
  }

  /** What was sent since. */
  public List<Sent> sent() {
    return sent;
  }

  /** The names of what was sent since. */
  public List<String> names() {
    return sent.stream().map(Sent::name).toList();
  }
}
