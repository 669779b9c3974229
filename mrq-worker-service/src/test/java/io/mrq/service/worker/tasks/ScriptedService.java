package io.mrq.service.worker.tasks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A service that reads requests properly, keeps connections open as HTTP/1.1 has it, and answers
 * with whatever bytes it was told to. What it was not told about it answers with the target itself.
 */
final class ScriptedService implements AutoCloseable {
  /** One thing to do for an answer. */
  @FunctionalInterface
  interface Step {
    void on(Socket socket) throws Exception;
  }

  /** Hangs up without a word. */
  static final Step HANG_UP = Socket::close;

  /** The targets that were asked for, one character for each byte. */
  final List<String> targets = new CopyOnWriteArrayList<>();

  private final Map<String, List<Step>> rules = new ConcurrentHashMap<>();
  private final ServerSocket listener;

  ScriptedService() throws IOException {
    listener = new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  ScriptedService on(String target, Step... steps) {
    rules.put(target, List.of(steps));
    return this;
  }

  /** Sends these characters, a byte each. */
  static Step bytes(String text) {
    return socket -> {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    };
  }

  /** A correct answer with this status line, body and further headers. */
  static String answer(String status, String body, String... headers) {
    StringBuilder lines = new StringBuilder("HTTP/1.1 " + status + "\r\n");
    for (String header : headers) {
      lines.append(header).append("\r\n");
    }
    return lines.append("Content-Length: ").append(body.length()).append("\r\n\r\n") + body;
  }

  int port() {
    return listener.getLocalPort();
  }

  String url(String target) {
    return "http://127.0.0.1:" + port() + target;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      while (!socket.isClosed()) {
        String target = readRequest(socket.getInputStream());
        if (target == null) {
          return;
        }
        targets.add(target);
        for (Step step : rules.getOrDefault(target, List.of(bytes(answer("200 OK", target))))) {
          step.on(socket);
        }
      }
    } catch (IOException _) {
      // The client has left.
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The target, or null at the end of the connection. */
  private static @Nullable String readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.append((char) next);
    }
    Map<String, String> headers = new HashMap<>();
    String[] lines = head.toString().split("\r\n");
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    return lines[0].split(" ")[1];
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
