package io.mrq.embedded.mongo.index;

import de.bwaldvogel.mongo.bson.Document;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The time limit of a command, which the client sets by {@code maxTimeMS}. */
public final class TimeLimit {

  private static final ScopedValue<TimeLimit> OF_THIS_COMMAND = ScopedValue.newInstance();

  /** The time is over. As in MongoDB the whole command fails, not one of its writes. */
  public static final class Exceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exceeded() {
      super("operation exceeded time limit", null, false, false);
    }
  }

  private final long end;

  private TimeLimit(long millis) {
    this.end = System.nanoTime() + millis * 1_000_000;
  }

  /** Carries out a command, within its time when it has one. */
  public static Document keptBy(Document command, Supplier<Document> work) {
    return keptBy(command.get("maxTimeMS") instanceof Number limit ? limit.longValue() : 0, work);
  }

  /** Carries out a command within so many milliseconds; 0 is no limit. */
  public static <T extends @Nullable Object> T keptBy(long millis, Supplier<T> work) {
    return millis <= 0
        ? work.get()
        : ScopedValue.where(OF_THIS_COMMAND, new TimeLimit(millis)).call(work::get);
  }

  /** The same elements; reading them fails with {@link Exceeded} when the time is over. */
  public static <T> Stream<T> on(Stream<T> elements) {
    if (!OF_THIS_COMMAND.isBound()) {
      return elements;
    }
    TimeLimit limit = OF_THIS_COMMAND.get();
    return elements.peek(_ -> limit.checkNow());
  }

  /** Fails with {@link Exceeded} when the time of the present command is over. */
  public static void check() {
    if (OF_THIS_COMMAND.isBound()) {
      OF_THIS_COMMAND.get().checkNow();
    }
  }

  private void checkNow() {
    if (System.nanoTime() - end > 0) {
      throw new Exceeded();
    }
  }
}
