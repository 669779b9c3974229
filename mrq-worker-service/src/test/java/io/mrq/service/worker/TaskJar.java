package io.mrq.service.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar of tasks with an auto-configuration, as a user drops it beside the worker service. */
final class TaskJar {
  private static final String IMPORTS =
      "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

  private TaskJar() {}

  /**
   * Writes the jar.
   *
   * @param configuration the auto-configuration
   * @param others further classes
   */
  static void write(Path jar, Class<?> configuration, Class<?>... others) throws IOException {
    Files.createDirectories(Objects.requireNonNull(jar.getParent()));
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      add(out, configuration);
      for (Class<?> other : List.of(others)) {
        add(out, other);
      }
      add(out, IMPORTS, configuration.getName().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void add(JarOutputStream jar, Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
      add(jar, name, Objects.requireNonNull(bytes).readAllBytes());
    }
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
