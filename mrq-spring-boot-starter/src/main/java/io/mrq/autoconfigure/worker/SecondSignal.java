package io.mrq.autoconfigure.worker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Lets a second signal end the drain. A JVM that shuts down ignores further signals; this one
 * listens to those that come during the drain. Signals to a JVM that does not shut down, and
 * signals after the drain, are left alone.
 */
final class SecondSignal implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SecondSignal.class);
  private static final String[] SIGNALS = {"TERM", "INT"};

  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

  private SecondSignal() {}

  /** Calls this at a further signal, until the returned object is closed. */
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
      log.debug(
          "a second {} does not end a drain, because the JVM does not let MRQ listen to it: {}",
          name,
          e.getMessage());
    }
  }

  /** A JVM that shuts down can be told only by its refusal of another shutdown hook. */
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
