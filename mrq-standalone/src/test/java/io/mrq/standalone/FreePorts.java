package io.mrq.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback ports that nobody else gets before the test uses them: they lie below those that the
 * system and the embedded stores choose from, and each JVM that runs these tests beside another has
 * a range of its own.
 */
final class FreePorts {
  private static final int EACH = 2_000;
  private static final int FIRST = 12_000 + EACH * Integer.getInteger("mrq.test.fork", 1);

  private static int next = ThreadLocalRandom.current().nextInt(EACH);

  private FreePorts() {}

  /** A port that nobody listens at, and that this JVM has not been given for a long time. */
  static synchronized int next() {
    for (int tries = 0; tries < EACH; tries++) {
      int port = FIRST + next;
      next = (next + 1) % EACH;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free from " + FIRST);
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
