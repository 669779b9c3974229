package io.mrq.benchmarks.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Calls the driver when this worker is ready, and answers what it asks: a line for a line. When the
 * driver is gone, this process ends, so that no worker is left behind.
 */
final class DriverLink {
  private static final Charset UTF_8 = StandardCharsets.UTF_8;

  private final RunRecord runs;
  private final CommandCounter commands;
  private final Socket socket;

  DriverLink(RunRecord runs, CommandCounter commands, int port) throws IOException {
    this.runs = runs;
    this.commands = commands;
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
  }

  @EventListener(ApplicationReadyEvent.class)
  void ready() {
    Thread.ofPlatform().daemon().name("bench-link").start(this::answerAll);
  }

  private void answerAll() {
    try (var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        var out = new PrintWriter(socket.getOutputStream(), true, UTF_8)) {
      out.println("ready " + ProcessHandle.current().pid());
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(answer(line));
      }
    } catch (IOException e) {
      // The driver is gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }

  private String answer(String line) throws InterruptedException {
    String[] words = line.split(" ", -1);
    return switch (words[0]) {
      case "reset" -> {
        runs.reset(Integer.parseInt(words[1]));
        yield "ok";
      }
      case "counts" -> runs.counts().text();
      case "distinct" -> String.valueOf(runs.distinct());
      case "pick-up" -> text(runs.nextPickUp());
      case "commands" -> commands.sent().text();
      default -> throw new IllegalArgumentException("the driver asked for '" + line + "'");
    };
  }

  private static String text(@Nullable Long micros) {
    return micros == null ? "none" : String.valueOf(micros);
  }
}
