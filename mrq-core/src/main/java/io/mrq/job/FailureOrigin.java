package io.mrq.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where an exception came from, in a form that stays the same while the fault stays the same:
 * without line numbers, and without the numbers of lambdas, proxies and anonymous classes.
 *
 * @param cause the class of the deepest cause, or of the exception itself
 * @param frames up to three of the innermost frames of the application, as {@code class.method}, or
 *     the one place that the exception names; empty when it has no stack and names no place
 */
public record FailureOrigin(String cause, List<String> frames) {
  private static final int MAX_FRAMES = 3;
  private static final int MAX_CAUSES = 50;

  private static final List<String> PLATFORM =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");
  private static final List<String> FRAMEWORK = List.of("org.springframework.", "io.mrq.");

  private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");
  private static final Pattern NUMBERED = Pattern.compile("\\$(Proxy|)\\d+");

  public FailureOrigin {
    frames = List.copyOf(frames);
  }

  /**
   * Returns the origin of an exception: the frames of its deepest cause that has frames of the
   * application. Where no cause has any, the frames of libraries take their place. When one of the
   * exceptions is a {@link FaultPlace}, its place is taken instead of frames.
   */
  public static FailureOrigin of(Throwable thrown) {
    List<Throwable> deepestFirst = causes(thrown);
    List<String> frames = place(deepestFirst);
    if (frames.isEmpty()) {
      frames = ownFrames(deepestFirst);
    }
    return new FailureOrigin(plainClass(deepestFirst.getFirst().getClass().getName()), frames);
  }

  private static List<String> place(List<Throwable> deepestFirst) {
    for (Throwable thrown : deepestFirst.reversed()) {
      if (thrown instanceof FaultPlace place) {
        return List.of(place.faultPlace().replaceAll("\\s+", " "));
      }
    }
    return List.of();
  }

  private static List<String> ownFrames(List<Throwable> deepestFirst) {
    List<String> frames = frames(deepestFirst, c -> !starts(c, PLATFORM) && !starts(c, FRAMEWORK));
    if (frames.isEmpty()) {
      frames = frames(deepestFirst, c -> !starts(c, PLATFORM));
    }
    return frames;
  }

  /** Returns what {@link #of} does; null when the methods of the exception throw. */
  public static @Nullable FailureOrigin readable(Throwable thrown) {
    return ExceptionText.read(() -> of(thrown));
  }

  private static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    // A cause may lead back to an exception that is there already.
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable at = thrown; at != null && seen.add(at) && seen.size() <= MAX_CAUSES; ) {
      causes.addFirst(at);
      at = at.getCause();
    }
    return causes;
  }

  private static List<String> frames(List<Throwable> deepestFirst, Predicate<String> isOwn) {
    for (Throwable cause : deepestFirst) {
      List<String> frames = new ArrayList<>();
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (frames.size() < MAX_FRAMES && isOwn.test(frame.getClassName())) {
          String text = plainClass(frame.getClassName()) + "." + plainMethod(frame.getMethodName());
          // Each method counts once, because the depth of a recursion depends on the data and not
          // on the fault.
          if (!frames.contains(text)) {
            frames.add(text);
          }
        }
      }
      if (!frames.isEmpty()) {
        return frames;
      }
    }
    return List.of();
  }

  private static boolean starts(String name, List<String> packages) {
    return packages.stream().anyMatch(name::startsWith);
  }

  private static String plainClass(String name) {
    // Libraries put two dollar signs before what they generate at run time: lambdas, CGLIB's
    // subclasses.
    int generated = name.indexOf("$$");
    return NUMBERED
        .matcher(generated < 0 ? name : name.substring(0, generated))
        .replaceAll("\\$$1");
  }

  private static String plainMethod(String name) {
    return NUMBERED.matcher(LAMBDA.matcher(name).replaceFirst("$1")).replaceAll("\\$$1");
  }
}
