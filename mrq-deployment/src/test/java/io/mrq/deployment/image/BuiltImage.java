package io.mrq.deployment.image;

import io.mrq.deployment.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the Dockerfile makes of a service's jar, in a folder instead of an image: its own commands
 * are run, with their paths moved into that folder.
 */
final class BuiltImage {
  /** The folders of the image and of the stages before it. */
  private static final Pattern PATH =
      Pattern.compile("(?<![A-Za-z0-9._-])/(build|layers|mrq)(?=[/:'\" ]|$)");

  private final Path root;
  private final Dockerfile file;

  private BuiltImage(Path root, Dockerfile file) {
    this.root = root;
    this.file = file;
  }

  /** Builds the image of a service, whose runnable jar must be there. */
  static BuiltImage of(String service, Path root) {
    BuiltImage image = new BuiltImage(root, Dockerfile.read(Map.of("SERVICE", service)));
    image.run(image.file.stage("layers"));
    image.run(image.file.image());
    return image;
  }

  Path path(String inImage) {
    return Path.of(moved(inImage));
  }

  /**
   * The command that starts a container.
   *
   * @param options of Java, before all others
   */
  List<String> command(String... options) {
    List<String> command = new ArrayList<>();
    for (String word : file.image().one("ENTRYPOINT").replaceAll("[\\[\\]\"]", "").split(", ")) {
      command.add(command.isEmpty() ? java(word) : moved(word));
      if (command.size() == 1) {
        command.addAll(List.of(options));
      }
    }
    return command;
  }

  Map<String, String> environment() {
    return file.environment();
  }

  /** Every file with its size and time, to see that none was written. */
  Map<String, String> files() {
    try (Stream<Path> files = Files.walk(path("/mrq"))) {
      Map<String, String> found = new TreeMap<>();
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        found.put(each.toString(), Files.size(each) + " " + Files.getLastModifiedTime(each));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Dockerfile.Stage stage) {
    Path here = root;
    for (Dockerfile.Instruction step : stage.instructions()) {
      switch (step.keyword()) {
        case "WORKDIR" -> here = folder(path(step.rest()));
        case "COPY" -> copy(step.rest().split(" "));
        case "RUN" -> shell(step.rest(), here);
        default -> {
          // Nothing that makes files.
        }
      }
    }
  }

  private void copy(String[] words) {
    Path from =
        switch (words[0]) {
          case "--from=build" -> jar(words[1]);
          case "--from=layers" -> path(words[1]);
          default -> Repository.path(words[1]);
        };
    Path to = path(words[2]);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        Path target = Files.isDirectory(from) ? to.resolve(from.relativize(each).toString()) : to;
        folder(Objects.requireNonNull(target.getParent()));
        Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the first stage would have built is there already. */
  private static Path jar(String path) {
    String service = path.replaceAll(".*/(mrq-[a-z-]+)-\\*\\.jar", "$1");
    Path jar = Path.of(System.getProperty("jar." + service, "missing"));
    if (!Files.exists(jar)) {
      throw new IllegalStateException("no jar of " + service + "; run this with mvn verify");
    }
    return jar;
  }

  private void shell(String command, Path here) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder("/bin/sh", "-c", moved(command))
              .directory(here.toFile())
              .redirectErrorStream(true);
      builder
          .environment()
          .merge("PATH", Path.of(java("java")).getParent() + ":", (path, java) -> java + path);
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError(command + "\n" + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String moved(String text) {
    return PATH.matcher(text).replaceAll(Matcher.quoteReplacement(root.toString()) + "/$1");
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private static Path folder(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
