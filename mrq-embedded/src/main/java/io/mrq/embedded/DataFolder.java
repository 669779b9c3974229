package io.mrq.embedded;

import io.mrq.embedded.EmbeddedStoreException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder in which an embedded store keeps its files, and what can be wrong with it. */
final class DataFolder {

  private DataFolder() {}

  /**
   * Makes the folder if it is missing.
   *
   * @throws EmbeddedStoreException when it cannot be made or written
   */
  static Path prepare(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
    } catch (IOException e) {
      throw notWritable(absolute, e);
    }
    if (!Files.isWritable(absolute)) {
      throw notWritable(absolute, null);
    }
    return absolute;
  }

  /** Says so when a file that is there already cannot be changed. */
  static void requireWritable(Path file) {
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw notWritable(file, null);
    }
  }

  static EmbeddedStoreException locked(Path folder, @Nullable Throwable cause) {
    return new EmbeddedStoreException(
        Problem.FOLDER_LOCKED,
        "The data folder " + folder + " is used by another process.",
        "Stop the other process, or give this one a folder of its own with 'mrq.embedded.data-dir'."
            + " Several services share one store by connecting to the process that hosts it.",
        cause);
  }

  private static EmbeddedStoreException notWritable(Path path, @Nullable Throwable cause) {
    return new EmbeddedStoreException(
        Problem.FOLDER_NOT_WRITABLE,
        "The data folder cannot be written: " + path + ".",
        "Make it writable for this user, or choose another folder with 'mrq.embedded.data-dir'.",
        cause);
  }
}
