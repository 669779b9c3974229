package io.mrq.worker.service;

import static org.awaitility.Awaitility.await;

import com.example.greetings.GreetingTasks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * "Drop a jar of tasks beside the worker service": the runnable jar as a process, with a jar of
 * somebody else's.
 */
class DroppedTasksIT {
  private static final String IMPORTS =
      "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

  @TempDir Path folder;
  private @Nullable Process worker;

  @AfterEach
  void stop() throws Exception {
    if (worker != null) {
      worker.destroyForcibly().waitFor();
    }
  }

  @Test
  void findsTasksInTheFolderTasksOfTheWorkingDirectory() throws Exception {
    writeJar(folder.resolve("tasks/greetings.jar"));

    start();

    awaitInLog("The greeter is here");
  }

  @Test
  void findsTasksWhereTheLoaderPathSays() throws Exception {
    writeJar(folder.resolve("elsewhere/greetings.jar"));

    start("-Dloader.path=elsewhere");

    awaitInLog("The greeter is here");
  }

  private void start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-jar", System.getProperty("mrq.worker.jar"), "--server.port=0"));
    worker =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  private void awaitInLog(String text) {
    await().atMost(Duration.ofMinutes(2)).until(() -> log().contains(text));
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static void writeJar(Path jar) throws IOException {
    Files.createDirectories(Objects.requireNonNull(jar.getParent()));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Class<?> type : List.of(GreetingTasks.class, GreetingTasks.Greeter.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
          write(out, name, Objects.requireNonNull(bytes).readAllBytes());
        }
      }
      write(out, IMPORTS, GreetingTasks.class.getName().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void write(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
