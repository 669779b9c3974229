package io.mrq.embedded.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.exception.NoSuchCommandException;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import io.mrq.embedded.mongo.file.CommitGate;
import io.mrq.embedded.mongo.file.StoreFile;
import io.mrq.embedded.mongo.index.TimeLimit;
import io.mrq.embedded.mongo.raw.RawMessage;
import io.netty.channel.Channel;
import io.netty.channel.local.LocalChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out commands. A command that can write is answered after its changes are in the journal;
 * reads wait for nobody.
 */
final class StoreBackend extends AbstractMongoBackend {

  private static final Logger log = LoggerFactory.getLogger(StoreBackend.class);

  /** The library wants to know the connection of a command, which does not matter here. */
  static final Channel NO_CHANNEL = new LocalChannel();

  private static final MessageHeader NO_HEADER = new MessageHeader(0, 0);

  /** Commands that change nothing in a database that exists; names in lower case. */
  private static final Set<String> READ_COMMANDS =
      Set.of(
          "find",
          "getmore",
          "killcursors",
          "count",
          "distinct",
          "listcollections",
          "listindexes",
          "dbstats",
          "collstats",
          "validate",
          "ping",
          "ismaster",
          "buildinfo",
          "serverstatus",
          "getlog",
          "hostinfo",
          "connectionstatus",
          "endsessions");

  private final StoreFile file;
  private final CommitGate gate;
  private final Cursors results = new Cursors(getCursorRegistry());

  StoreBackend(StoreFile file, CommitGate gate) {
    this.file = file;
    this.gate = gate;
    StoreDatabase.namesIn(file).forEach(this::resolveDatabase);
  }

  @Override
  public MongoDatabase resolveDatabase(String name) {
    // Opening a database makes maps, which must not fall into a commit. The gate comes before the
    // registry's own lock, as in every write.
    return listDatabaseNames().contains(name)
        ? super.resolveDatabase(name)
        : gate.change(() -> super.resolveDatabase(name));
  }

  @Override
  protected MongoDatabase openOrCreateDatabase(String name) {
    return new StoreDatabase(name, getCursorRegistry(), results, file);
  }

  /** Carries out a command. */
  Document handle(Document command) {
    return handleMessage(new MongoMessage(NO_CHANNEL, NO_HEADER, command));
  }

  /** Answers errors itself: the library would log each of them, expected ones too, as an ERROR. */
  @Override
  public Document handleMessage(MongoMessage message) {
    try {
      return super.handleMessage(message);
    } catch (RuntimeException e) {
      return refusal(commandOf(message.getDocument()), e);
    }
  }

  /**
   * Carries out a command on its bytes.
   *
   * @return null when it is none of those, and nothing was done
   */
  @Nullable Answer handleRaw(RawMessage message) {
    if (!RawCommands.NAMES.contains(message.command())
        || !listDatabaseNames().contains(message.database())
        || !(super.resolveDatabase(message.database()) instanceof StoreDatabase database)) {
      return null;
    }
    try {
      UnaryOperator<Document> library =
          command ->
              database.handleCommand(
                  NO_CHANNEL, message.command(), command, this::resolveDatabase, oplog);
      return new RawCommands(database, file, gate, library).answer(message);
    } catch (RuntimeException e) {
      return new Answer.Decoded(refusal(message.command(), e));
    }
  }

  private Document refusal(String command, RuntimeException e) {
    if (e instanceof MongoServerException refused) {
      log.debug("refused: {}", e.getMessage());
      return refusal(refused);
    }
    if (e instanceof TimeLimit.Exceeded) {
      return refusal(new MongoServerError(50, "MaxTimeMSExpired", String.valueOf(e.getMessage())));
    }
    if (file.failure() != null) {
      return refusal(new MongoServerError(91, "ShutdownInProgress", "The store is closed."));
    }
    log.warn("The command {} failed in the embedded MongoDB store", command, e);
    return refusal(new MongoServerError(1, "InternalError", String.valueOf(e)));
  }

  /** Whether the file is closed and no command can be carried out any more. */
  boolean isBroken() {
    return file.failure() != null;
  }

  /** Closes idle cursors, which hold memory. */
  void forgetCursors() {
    results.forget();
  }

  private static String commandOf(Document command) {
    return command.keySet().iterator().next();
  }

  static Document refusal(MongoServerException e) {
    Document answer = new Document("ok", 0.0).append("errmsg", e.getMessageWithoutErrorCode());
    if (e instanceof MongoServerError error) {
      answer.append("code", error.getCode());
      answer.putIfNotNull("codeName", error.getCodeName());
    }
    return answer;
  }

  @Override
  public Document handleCommand(
      Channel channel, String databaseName, String command, Document query) {
    Supplier<Document> answer =
        () ->
            TimeLimit.keptBy(
                query, () -> super.handleCommand(channel, databaseName, command, query));
    String name = command.toLowerCase(Locale.ROOT);
    return switch (name) {
      case "hello" -> hello(channel, databaseName, query);
      case "listdatabases" -> listDatabases();
      case "whatsmyuri" -> throw new NoSuchCommandException(command);
      case "createindexes" -> gate.writeAlone(answer);
      case "aggregate" -> writes(query) ? gate.write(answer) : file.reading(answer);
      default -> READ_COMMANDS.contains(name) ? file.reading(answer) : gate.write(answer);
    };
  }

  private static boolean writes(Document aggregate) {
    return aggregate.get("pipeline") instanceof List<?> stages
        && stages.stream()
            .anyMatch(stage ->
                stage instanceof Document document
                    && (document.containsKey("$out") || document.containsKey("$merge")));
  }

  private Document hello(Channel channel, String databaseName, Document query) {
    Document answer = super.handleCommand(channel, databaseName, "ismaster", query);
    answer.put("isWritablePrimary", true);
    answer.put("helloOk", true);
    answer.put("mrqEmbedded", true);
    return answer;
  }

  /** The library opens every database a second time for this. */
  private Document listDatabases() {
    List<Document> databases = new ArrayList<>();
    for (String name : listDatabaseNames().stream().sorted().toList()) {
      databases.add(
          new Document("name", name).append("sizeOnDisk", file.size()).append("empty", false));
    }
    Document answer = new Document("databases", databases).append("totalSize", file.size());
    Utils.markOkay(answer);
    return answer;
  }
}
