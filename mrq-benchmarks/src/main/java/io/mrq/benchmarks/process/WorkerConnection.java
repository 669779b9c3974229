package io.mrq.benchmarks.process;

import io.mrq.benchmarks.worker.RunCounts;
import io.mrq.benchmarks.worker.SentCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks one worker, over the connection that it has opened. */
final class WorkerConnection implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;
  private final PrintWriter out;

  /** Waits until the worker says that it is ready. */
  WorkerConnection(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(120_000);
    in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.UTF_8);
    var _ = read();
  }

  void reset(int jobs) {
    var _ = ask("reset " + jobs);
  }

  RunCounts counts() {
    return RunCounts.parse(ask("counts"));
  }

  long distinct() {
    return Long.parseLong(ask("distinct"));
  }

  SentCommands commands() {
    return SentCommands.parse(ask("commands"));
  }

  long nextPickUp() {
    String answer = ask("pick-up");
    if (answer.equals("none")) {
      throw new IllegalStateException("a job was not picked up");
    }
    return Long.parseLong(answer);
  }

  private synchronized String ask(String line) {
    out.println(line);
    try {
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read() throws IOException {
    String line = in.readLine();
    if (line == null) {
      throw new IOException("the worker is gone");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
