package io.mrq.embedded;

import io.mrq.embedded.EmbeddedStoreException.Problem;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds a Redis program that runs on this machine.
 *
 * <p>The one that this module brings is unpacked once for each user, into a cache folder, and not
 * once for each data folder or start.
 */
final class RedisProgram {

  private static final List<String> NAMES_ON_PATH = List.of("redis-server", "valkey-server");
  private static final int VERSION_SECONDS = 10;

  private RedisProgram() {}

  /**
   * The program to run.
   *
   * @param wanted a path or a name on the PATH, or null to choose
   * @throws EmbeddedStoreException when none runs
   */
  static Path find(@Nullable String wanted) {
    List<String> reasons = new ArrayList<>();
    for (Path program : wanted == null ? candidates(reasons) : onPath(wanted)) {
      String trouble = troubleWith(program);
      if (trouble == null) {
        return program;
      }
      reasons.add(program + ": " + trouble);
    }
    if (wanted != null && reasons.isEmpty()) {
      reasons.add("there is no program '" + wanted + "'");
    }
    throw notRunnable(String.join("; ", reasons), null);
  }

  static EmbeddedStoreException notRunnable(String reason, @Nullable Throwable cause) {
    return new EmbeddedStoreException(
        Problem.REDIS_NOT_RUNNABLE,
        "No embedded Redis can run on this machine: " + reason + ".",
        "Install Redis or Valkey (it is found on the PATH, or named by"
            + " 'mrq.embedded.redis.program'), install OpenSSL 3 if libssl is missing, or connect"
            + " to a Redis elsewhere with 'spring.data.redis.host'.",
        cause);
  }

  private static List<Path> candidates(List<String> reasons) {
    List<Path> programs = new ArrayList<>();
    try {
      Path unpacked = unpackInto(cacheFolder());
      if (unpacked == null) {
        reasons.add("none is brought along for " + platform());
      } else {
        programs.add(unpacked);
      }
    } catch (IOException e) {
      reasons.add("the program could not be unpacked: " + e);
    }
    NAMES_ON_PATH.forEach(name -> programs.addAll(onPath(name)));
    return programs;
  }

  private static List<Path> onPath(String name) {
    List<Path> found = new ArrayList<>();
    if (name.contains("/") || name.contains(File.separator)) {
      found.add(Path.of(name).toAbsolutePath());
      return found;
    }
    String path = System.getenv("PATH");
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator, -1)) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program)) {
        found.add(program.toAbsolutePath());
      }
    }
    return found;
  }

  private static @Nullable String troubleWith(Path program) {
    try {
      Process version =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      version.getOutputStream().close();
      String output =
          new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!version.waitFor(VERSION_SECONDS, TimeUnit.SECONDS)) {
        version.destroyForcibly();
        return "it does not answer";
      }
      return version.exitValue() == 0 ? null : output.lines().findFirst().orElse("it fails");
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  private static String platform() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  /** The name of the program in its jar, or null where there is none that is new enough. */
  static @Nullable String resourceFor(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    boolean arm = osArch.equals("aarch64") || osArch.equals("arm64");
    boolean intel = osArch.equals("amd64") || osArch.equals("x86_64");
    if (os.startsWith("linux") && intel) {
      return "redis-server-6.2.6-v5-linux-amd64";
    }
    if (os.startsWith("linux") && arm) {
      return "redis-server-6.2.7-linux-arm64";
    }
    if (os.startsWith("mac") && intel) {
      return "redis-server-6.2.6-v5-darwin-amd64";
    }
    if (os.startsWith("mac") && arm) {
      return "redis-server-6.2.6-v5-darwin-arm64";
    }
    return null;
  }

  private static Path cacheFolder() {
    return Path.of(System.getProperty("user.home"), ".cache", "mrq");
  }

  /** Extracts the program for this platform unless it exists; null when there is none. */
  static @Nullable Path unpackInto(Path folder) throws IOException {
    String name = resourceFor(System.getProperty("os.name"), System.getProperty("os.arch"));
    URL resource = name == null ? null : RedisProgram.class.getResource("/" + name);
    if (name == null || resource == null) {
      return null;
    }
    Path program = folder.resolve(name);
    URLConnection packed = resource.openConnection();
    packed.setUseCaches(false);
    try (InputStream in = packed.getInputStream()) {
      if (Files.isExecutable(program) && Files.size(program) == packed.getContentLengthLong()) {
        return program;
      }
      Files.createDirectories(folder);
      // Under a name of its own first: others may be unpacking, or running, the same program.
      Path draft = Files.createTempFile(folder, name, ".part");
      try {
        Files.copy(in, draft, StandardCopyOption.REPLACE_EXISTING);
        if (!draft.toFile().setExecutable(true, true)) {
          throw new IOException("cannot make " + draft + " executable");
        }
        Files.move(draft, program, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    }
    return program;
  }
}
