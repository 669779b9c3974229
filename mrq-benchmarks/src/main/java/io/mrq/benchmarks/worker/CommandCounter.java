package io.mrq.benchmarks.worker;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.net.SocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.bson.BsonValue;

/** Listens to the drivers of both stores, and counts the commands that this process sends. */
public final class CommandCounter implements CommandListener, CommandLatencyRecorder {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  @Override
  public void commandStarted(CommandStartedEvent event) {
    String command = event.getCommandName();
    BsonValue collection = event.getCommand().get(command);
    String where =
        collection != null && collection.isString() ? "." + collection.asString().getValue() : "";
    count(SentCommands.MONGODB + command + where);
  }

  @Override
  public void recordCommandLatency(
      SocketAddress local,
      SocketAddress remote,
      ProtocolKeyword command,
      long firstResponseLatency,
      long completionLatency) {
    count(SentCommands.REDIS + command);
  }

  private void count(String command) {
    counts.computeIfAbsent(command, _ -> new LongAdder()).increment();
  }

  /** What was sent until now. */
  public SentCommands sent() {
    Map<String, Long> sent = new TreeMap<>();
    counts.forEach((command, count) -> sent.put(command, count.sum()));
    return new SentCommands(sent);
  }
}
