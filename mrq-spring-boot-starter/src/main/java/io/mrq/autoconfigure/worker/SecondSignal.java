package io.mrq.autoconfigure.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * While the JVM shuts down it ignores further signals, but one that comes during a drain ends the
 * drain. Signals to a JVM that goes on are left alone, and so are those that come when the drain is
 * over.
 */
final class SecondSignal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SecondSignal.class);
  private static final String[] SIGNALS = {"TERM", "INT"};

  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

  private SecondSignal() {}

  /** Calls this at a further signal, until it is closed. */
  static SecondSignal calls(Runnable action) {
    SecondSignal second = new SecondSignal();
    if (isShuttingDown()) {
      for (String name : SIGNALS) {
        second.listen(name, action);
      }
    }
    return second;
  }

  private void listen(String name, Runnable action) {
    try {
      Signal signal = new Signal(name);
      before.put(signal, Signal.handle(signal, _ -> action.run()));
    } catch (IllegalArgumentException e) {
      log.debug("no second {} will end a drain: {}", name, e.getMessage());
    }
  }

  /** The JVM tells only by its refusal of another hook. */
  private static boolean isShuttingDown() {
    Thread hook = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
