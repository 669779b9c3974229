package io.mrq.test.memory.job;

import io.mrq.job.InvalidJobException;
import io.mrq.job.JobValues;
import io.mrq.store.NotStorableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Copies plain values, as a real store does when it encodes them: nobody can change the copy. */
public final class PlainCopy {
  /** In bytes: the largest value that is stored, as in the real store. */
  private static final long MAX_SIZE = 15 * 1024 * 1024;

  private PlainCopy() {}

  /**
   * Copies params.
   *
   * @throws NotStorableException when they cannot be stored
   */
  public static Map<String, @Nullable Object> params(Map<String, @Nullable Object> params) {
    return of(storable(params, () -> JobValues.check(params, "params")));
  }

  /**
   * Copies a result.
   *
   * @throws NotStorableException when it cannot be stored
   */
  public static @Nullable Object result(@Nullable Object result) {
    return of(PlainCopy.<@Nullable Object>storable(result, () -> JobValues.checkResult(result)));
  }

  private static <T extends @Nullable Object> T storable(T value, LongSupplier check) {
    try {
      long size = check.getAsLong();
      if (size > MAX_SIZE) {
        throw new NotStorableException(
            "the value takes %d bytes, but at most %d can be stored".formatted(size, MAX_SIZE),
            null);
      }
      return value;
    } catch (InvalidJobException e) {
      throw new NotStorableException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Copies a map of plain values. */
  public static Map<String, @Nullable Object> of(Map<String, @Nullable Object> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key, of(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> ofMap(map);
      case Collection<?> list -> ofList(list);
      case byte[] bytes -> bytes.clone();
      default -> value;
    };
  }

  private static Map<Object, @Nullable Object> ofMap(Map<?, ?> map) {
    Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key, of(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static List<@Nullable Object> ofList(Collection<?> list) {
    List<@Nullable Object> copy = new ArrayList<>(list.size());
    list.forEach(element -> copy.add(of(element)));
    return Collections.unmodifiableList(copy);
  }
}
