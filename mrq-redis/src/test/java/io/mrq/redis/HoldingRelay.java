package io.mrq.redis;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP relay on loopback that can hold requests back until a number of them has come: a client
 * that waits for each answer before it sends the next request never gets one.
 */
final class HoldingRelay implements AutoCloseable {
  private final int target;
  private final ServerSocket listener;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile String marker = "";
  private volatile int wanted;

  HoldingRelay(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** From now on such requests of a connection pass only {@code count} at a time; others pass. */
  void hold(String requestMarker, int count) {
    marker = requestMarker;
    wanted = count;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(client);
        sockets.add(server);
        Thread.startVirtualThread(() -> pump(client, server, true));
        Thread.startVirtualThread(() -> pump(server, client, false));
      }
    } catch (IOException e) {
      // Closed, or the server is away: the client sees its connection end.
    }
  }

  private void pump(Socket from, Socket to, boolean requests) {
    byte[] buffer = new byte[64 * 1024];
    StringBuilder held = new StringBuilder();
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        held.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        int seen = requests ? count(held) : 0;
        if (seen == 0 || seen >= wanted) {
          out.write(held.toString().getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
          held.setLength(0);
        }
      }
    } catch (IOException e) {
      // One side went away; the other one follows.
    }
  }

  private int count(StringBuilder text) {
    int found = 0;
    if (marker.isEmpty()) {
      return found;
    }
    for (int at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + 1)) {
      found++;
    }
    return found;
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Closeable socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
