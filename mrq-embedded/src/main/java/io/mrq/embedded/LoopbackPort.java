package io.mrq.embedded;

import io.mrq.embedded.EmbeddedStoreException.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Finds ports on loopback, and says what is wrong with one that was asked for. */
final class LoopbackPort {

  /** Reads as "any free port" in the options. */
  static final int ANY = 0;

  /**
   * Free ports are taken from below the range that the system gives to outgoing connections. A
   * client that tries again and again to reach a port of that range while nobody listens can end up
   * connected to itself, and then the server can never have its port back.
   */
  private static final int LOWEST = 20_000;

  private static final int HIGHEST = 32_000;
  private static final int MAX_TRIES = 200;

  private LoopbackPort() {}

  static int free() {
    for (int i = 0; i < MAX_TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST);
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static EmbeddedStoreException inUse(
      int port, String store, String property, @Nullable Throwable cause) {
    return new EmbeddedStoreException(
        Problem.PORT_IN_USE,
        "The embedded " + store + " cannot listen on 127.0.0.1:" + port + ": the port is in use.",
        "Stop what listens there, or choose another port with '" + property + "' (0 = any free).",
        cause);
  }
}
