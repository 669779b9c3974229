package io.mrq.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the repository that deploy the suite. */
public final class Repository {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "."), "..").toAbsolutePath().normalize();

  private Repository() {}

  /** The absolute path of a file or folder, named from the repository's root. */
  public static Path path(String name) {
    return ROOT.resolve(name);
  }

  /** The text of a file, named from the repository's root. */
  public static String text(String name) {
    try {
      return Files.readString(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
