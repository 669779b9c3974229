package io.mrq.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The worker service as its image starts it: with the flags of the Dockerfile and a cache of its
 * classes. A small container is imitated by the memory that the JVM is told to see.
 */
public final class ShippedWorker {
  /** How much memory the JVM is told that there is. */
  public static final String CONTAINER = "512m";

  private static final Pattern FLAGS = Pattern.compile("JDK_JAVA_OPTIONS=\"([^\"]*)\"");

  private ShippedWorker() {}

  /** Starts it and returns when it is ready. */
  public static RunningService start(Workplace place, Stores stores) {
    UnpackedService service = UnpackedService.of(place, "mrq-worker-service");
    Path cache = service.folder().resolve("classes.aot");
    List<String> flags = new ArrayList<>(dockerfileFlags(place));
    // The JVM takes this collector by itself where it sees less than 1,792 MB.
    flags.addAll(List.of("-XX:MaxRAM=" + CONTAINER, "-XX:+UseSerialGC"));
    if (isOlderThanDockerfile(place, cache)) {
      // As in the Dockerfile: up to where it would go to work, so without stores.
      List<String> training = new ArrayList<>(flags);
      training.addAll(
          List.of(
              "-XX:AOTCacheOutput=" + cache,
              "-Xlog:disable",
              "-Xlog:all=error:stderr",
              "-Dspring.context.exit=onRefresh",
              "-Dlogging.level.root=warn"));
      place.run("train", service.command(training, List.of("--server.port=0")));
    }
    flags.addAll(List.of("-XX:AOTCache=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
    List<String> options = new ArrayList<>(stores.options());
    return RunningService.start(
        place,
        "idle-worker",
        port -> {
          options.add("--server.port=" + port);
          return service.command(flags, options);
        });
  }

  private static boolean isOlderThanDockerfile(Workplace place, Path cache) {
    try {
      return !Files.exists(cache)
          || Files.getLastModifiedTime(cache)
                  .compareTo(Files.getLastModifiedTime(place.repository().resolve("Dockerfile")))
              < 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The flags that every service gets in its image. */
  private static List<String> dockerfileFlags(Workplace place) {
    try {
      Matcher found = FLAGS.matcher(Files.readString(place.repository().resolve("Dockerfile")));
      return found.find() ? List.of(found.group(1).split(" +", -1)) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
