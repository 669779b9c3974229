package io.mrq.service.worker.tasks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A service that misbehaves below HTTP: it gets the bare connection. */
final class RawService implements AutoCloseable {
  /** What it does with a connection; the socket is closed afterwards. */
  @FunctionalInterface
  interface Behaviour {
    void serve(Socket socket) throws Exception;
  }

  /** Counted down when a connection was accepted. */
  final CountDownLatch connected = new CountDownLatch(1);

  /** Counted down when the client has closed its side. */
  final CountDownLatch hungUp = new CountDownLatch(1);

  private final ServerSocket listener;

  RawService(Behaviour behaviour) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(() -> accept(behaviour));
  }

  /**
   * Reads the request, answers these bytes, and keeps the connection open until the client leaves.
   */
  static RawService answering(String bytes) throws IOException {
    RawService[] self = new RawService[1];
    self[0] =
        new RawService(socket -> {
          socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
          socket.getOutputStream().flush();
          self[0].waitForHangUp(socket);
        });
    return self[0];
  }

  String url(String path) {
    return "http://127.0.0.1:" + listener.getLocalPort() + path;
  }

  private void waitForHangUp(Socket socket) {
    try {
      while (socket.getInputStream().read() >= 0) {
        // Whatever the client still sends is of no interest.
      }
    } catch (IOException _) {
      // A reset is a way to hang up.
    }
    hungUp.countDown();
  }

  private void accept(Behaviour behaviour) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connected.countDown();
        Thread.ofVirtual().start(() -> serve(socket, behaviour));
      } catch (IOException _) {
        return;
      }
    }
  }

  private static void serve(Socket socket, Behaviour behaviour) {
    try (socket) {
      behaviour.serve(socket);
    } catch (IOException _) {
      // The client was quicker.
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
