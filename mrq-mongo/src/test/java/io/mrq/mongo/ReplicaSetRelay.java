package io.mrq.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a server and speaks as a replica set of two members: with sessions and retryable
 * writes, elections, and answers that go wrong as those of a replica set do. The members share the
 * server's documents, so nothing is ever rolled back. A write that was applied is remembered: sent
 * again, it is answered and not applied twice.
 */
public final class ReplicaSetRelay implements AutoCloseable {
  private static final int MEMBERS = 2;
  private static final Set<String> HANDSHAKES = Set.of("hello", "ismaster", "isMaster");
  private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");
  private static final Map<String, String> STATEMENTS =
      Map.of("insert", "documents", "update", "updates", "delete", "deletes");

  private final ServerAddress server;
  private final List<ServerSocket> listeners = new ArrayList<>();
  private final ReplicaSet set = new ReplicaSet();
  private final Queue<Rule> rules = new ConcurrentLinkedQueue<>();
  private final Map<BsonDocument, BsonDocument> applied = new ConcurrentHashMap<>();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final List<BsonDocument> received = new CopyOnWriteArrayList<>();

  /** What happens to the next requests that fit, so many of them. */
  private static final class Rule {
    final Predicate<BsonDocument> fits;
    final RelayEffect effect;
    int left;

    Rule(Predicate<BsonDocument> fits, RelayEffect effect, int times) {
      this.fits = fits;
      this.effect = effect;
      this.left = times;
    }

    synchronized boolean takes(BsonDocument command) {
      return left > 0 && fits.test(command) && left-- > 0;
    }
  }

  /** Starts to listen on free ports. */
  public ReplicaSetRelay(ServerAddress server) throws IOException {
    this.server = server;
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      int member = i;
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      listeners.add(listener);
      addresses.add("127.0.0.1:" + listener.getLocalPort());
      Thread.ofVirtual().start(() -> accept(member, listener));
    }
    set.found(addresses);
  }

  /** For a client of the replica set, with the driver's defaults: it retries. */
  public MongoClientSettings.Builder settings() {
    return MongoClientSettings.builder()
        .applyToClusterSettings(cluster ->
            cluster
                .hosts(
                    listeners.stream()
                        .map(l -> new ServerAddress("127.0.0.1", l.getLocalPort()))
                        .toList())
                .requiredReplicaSetName("rs0"));
  }

  /** The next such command ends so. */
  public void next(String command, RelayEffect effect) {
    next(command, 1, effect);
  }

  /** The next so many such commands end so. */
  public void next(String command, int times, RelayEffect effect) {
    next(sent -> sent.getFirstKey().equals(command), times, effect);
  }

  public void next(Predicate<BsonDocument> commands, int times, RelayEffect effect) {
    rules.add(new Rule(commands, effect, times));
  }

  /** Whether everything that was asked for has happened. */
  public boolean isDone() {
    return rules.stream().allMatch(rule -> rule.left == 0);
  }

  public void stepDown() {
    set.stepDown();
  }

  public void elect(int member) {
    set.elect(member);
  }

  /** The commands that came since {@link #forget}, those of the driver's housekeeping apart. */
  public List<String> received() {
    return received.stream().map(BsonDocument::getFirstKey).toList();
  }

  public void forget() {
    received.clear();
  }

  private void accept(int member, ServerSocket listener) {
    while (!listener.isClosed()) {
      try {
        Link link = new Link(member, listener.accept());
        links.add(link);
        Thread.ofVirtual().start(link::serve);
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private RelayEffect effectOn(BsonDocument command) {
    for (Rule rule : rules) {
      if (rule.takes(command)) {
        return rule.effect;
      }
    }
    return new RelayEffect.Pass();
  }

  @Override
  public void close() {
    for (ServerSocket listener : listeners) {
      try {
        listener.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    links.forEach(Link::close);
  }

  /** A client's connection to one member. */
  private final class Link {
    private final int member;
    private final Socket client;
    private @Nullable Socket upstream;

    Link(int member, Socket client) {
      this.member = member;
      this.client = client;
    }

    void serve() {
      try {
        while (true) {
          WireMessage request = WireMessage.read(client.getInputStream());
          BsonDocument answer = answer(request);
          if (answer == null) {
            return;
          }
          if (request.wantsAnswer()) {
            request.answer(answer).write(client.getOutputStream());
          }
        }
      } catch (IOException e) {
        // One side went away.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        close();
      }
    }

    /** Null: the connection ends. */
    private @Nullable BsonDocument answer(WireMessage request)
        throws IOException, InterruptedException {
      BsonDocument command = request.body();
      if (HANDSHAKES.contains(request.name())) {
        return set.hello(member, command);
      }
      if (!request.name().equals("endSessions")) {
        received.add(command);
      }
      if (!set.isPrimary(member)) {
        return RelayEffect.error(10107, RelayEffect.RETRYABLE)
            .append("topologyVersion", set.topologyVersion());
      }
      return switch (effectOn(command)) {
        case RelayEffect.Pass _ -> carriedOut(command);
        case RelayEffect.CutBefore _ -> null;
        case RelayEffect.CutAfter _ -> {
          carriedOut(command);
          yield null;
        }
        case RelayEffect.Refused(BsonDocument answer) -> {
          // A driver that hears of a change asks what changed, and waits until somebody tells.
          set.stir();
          yield answer.clone().append("topologyVersion", set.topologyVersion());
        }
        case RelayEffect.Added(BsonDocument addition) -> {
          BsonDocument answer = carriedOut(command).clone();
          answer.putAll(addition);
          set.stir();
          yield answer.append("topologyVersion", set.topologyVersion());
        }
        case RelayEffect.OneRefused(int index, int code) -> withoutOne(command, index, code);
        case RelayEffect.Delayed(var gate) -> {
          gate.await();
          yield carriedOut(command);
        }
      };
    }

    private BsonDocument withoutOne(BsonDocument command, int index, int code) throws IOException {
      String statements = STATEMENTS.get(command.getFirstKey());
      BsonArray others = command.getArray(statements).clone();
      if (command.getBoolean("ordered", BsonBoolean.TRUE).getValue()) {
        others.subList(index, others.size()).clear();
      } else {
        others.remove(index);
      }
      BsonDocument answer =
          others.isEmpty()
              ? new BsonDocument("ok", new BsonDouble(1))
                  .append("n", new BsonInt32(0))
                  .append("nModified", new BsonInt32(0))
              : carriedOut(command.clone().append(statements, others)).clone();
      return answer.append(
          "writeErrors",
          new BsonArray(
              List.of(
                  new BsonDocument("index", new BsonInt32(index))
                      .append("code", new BsonInt32(code))
                      .append("errmsg", new BsonString("error " + code + " of the relay")))));
    }

    /** By the server, unless it was carried out before. */
    private BsonDocument carriedOut(BsonDocument command) throws IOException {
      BsonDocument plain = command.clone();
      List.of("lsid", "txnNumber", "$clusterTime").forEach(plain::remove);
      if (!command.containsKey("txnNumber") || !WRITES.contains(command.getFirstKey())) {
        return asked(plain);
      }
      BsonDocument write =
          new BsonDocument("lsid", command.get("lsid"))
              .append("txnNumber", command.get("txnNumber"));
      BsonDocument before = applied.get(write);
      if (before != null) {
        return before;
      }
      BsonDocument answer = asked(plain);
      applied.put(write, answer);
      return answer;
    }

    private BsonDocument asked(BsonDocument command) throws IOException {
      Socket to = upstream;
      if (to == null) {
        to = new Socket(server.getHost(), server.getPort());
        upstream = to;
      }
      new WireMessage(1, 0, WireMessage.MESSAGE, 0, command).write(to.getOutputStream());
      return WireMessage.read(to.getInputStream()).body();
    }

    void close() {
      links.remove(this);
      quietly(client);
      if (upstream != null) {
        quietly(upstream);
      }
    }

    private static void quietly(Closeable socket) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is of no use any more either way.
      }
    }
  }
}
