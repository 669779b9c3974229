package io.mrq.mongo;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A TCP relay on loopback between a client and a server that can fail as networks do: cut all
 * connections, lose a request, lose the answer to a request that was carried out, or never answer.
 * Knows no protocol: a request is recognised by bytes that it contains.
 */
final class FaultyRelay implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Fault> fault = new AtomicReference<>();
  private volatile boolean cut;

  /** What happens to the first request that contains the marker; once. */
  private record Fault(String marker, Effect effect) {}

  private enum Effect {
    LOSE_REQUEST,
    LOSE_REPLY,
    NO_ANSWER
  }

  /** Starts to listen on a free port. */
  FaultyRelay(InetSocketAddress target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Ends all connections, and each new one at once, until {@link #mend}. */
  void cut() {
    cut = true;
    links.forEach(Link::close);
  }

  /** Lets everything pass. */
  void mend() {
    cut = false;
    fault.set(null);
  }

  /** Ends the connection of the next such request before the server gets it. */
  void loseRequest(String marker) {
    arm(marker, Effect.LOSE_REQUEST);
  }

  /**
   * Lets the server carry out the next such request, and ends the connection in place of its
   * answer.
   */
  void loseReply(String marker) {
    arm(marker, Effect.LOSE_REPLY);
  }

  /** Leaves the next such request without an answer and its connection open. */
  void neverAnswer(String marker) {
    arm(marker, Effect.NO_ANSWER);
  }

  /** Whether the fault that was asked for has happened. */
  boolean hasFailed() {
    return fault.get() == null;
  }

  private void arm(String marker, Effect effect) {
    fault.set(new Fault(marker, effect));
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (cut) {
          client.close();
        } else {
          new Link(client).start();
        }
      } catch (IOException e) {
        // The listener was closed, or the server is away: the client sees its connection end.
      }
    }
  }

  private @Nullable Effect effectOn(byte[] data, int length) {
    Fault armed = fault.get();
    return armed != null
            && contains(data, length, armed.marker().getBytes(StandardCharsets.ISO_8859_1))
            && fault.compareAndSet(armed, null)
        ? armed.effect()
        : null;
  }

  private static boolean contains(byte[] data, int length, byte[] wanted) {
    for (int i = 0; i + wanted.length <= length; i++) {
      if (Arrays.equals(data, i, i + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    links.forEach(Link::close);
  }

  /** One client's connection and the one to the server that belongs to it. */
  private final class Link {
    private final Socket client;
    private final Socket server;
    private volatile boolean replyLost;

    Link(Socket client) throws IOException {
      this.client = client;
      this.server = new Socket(target.getAddress(), target.getPort());
    }

    void start() {
      links.add(this);
      Thread.ofVirtual().start(() -> pump(this::request));
      Thread.ofVirtual().start(() -> pump(this::reply));
    }

    private boolean request(byte[] buffer) throws IOException {
      int length = client.getInputStream().read(buffer);
      if (length < 0) {
        return false;
      }
      switch (effectOn(buffer, length)) {
        case null -> pass(server, buffer, length);
        case LOSE_REQUEST -> {
          return false;
        }
        case LOSE_REPLY -> {
          replyLost = true;
          pass(server, buffer, length);
        }
        case NO_ANSWER -> {}
      }
      return true;
    }

    private boolean reply(byte[] buffer) throws IOException {
      InputStream in = server.getInputStream();
      int length = in.read(buffer);
      if (length < 0 || replyLost) {
        return false;
      }
      pass(client, buffer, length);
      return true;
    }

    private void pass(Socket to, byte[] buffer, int length) throws IOException {
      OutputStream out = to.getOutputStream();
      out.write(buffer, 0, length);
      out.flush();
    }

    private void pump(Step step) {
      byte[] buffer = new byte[64 * 1024];
      try {
        while (step.run(buffer)) {}
      } catch (IOException e) {
        // One side went away; the other one follows.
      } finally {
        close();
      }
    }

    void close() {
      links.remove(this);
      quietly(client);
      quietly(server);
    }

    private void quietly(Closeable socket) {
      try {
        socket.close();
      } catch (IOException e) {
        // It is of no use any more either way.
      }
    }
  }

  /** Moves some bytes; false at the end. */
  private interface Step {
    boolean run(byte[] buffer) throws IOException;
  }
}
