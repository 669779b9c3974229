package io.mrq.autoconfigure.task;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns stored results back into what the code of a task returns. A task that returns a future or a
 * reactive type had its value stored, so it is read as one that is done.
 */
final class ResultReading {
  private final JsonMapper json;

  ResultReading(JsonMapper json) {
    this.json = json;
  }

  /**
   * Reads a result.
   *
   * @throws IllegalArgumentException naming the place that does not fit the type, but no value
   */
  @Nullable Object read(@Nullable Object stored, JavaType type) {
    ReactiveAdapter adapter =
        ReactiveAdapterRegistry.getSharedInstance().getAdapter(type.getRawClass());
    if (adapter != null) {
      return adapter.fromPublisher(
          adapter.isMultiValue() ? Flux.fromIterable(list(stored, type)) : one(stored, type));
    }
    if (type.hasRawClass(Future.class)) {
      return CompletableFuture.completedFuture(read(stored, type.containedTypeOrUnknown(0)));
    }
    if (stored == null || type.hasRawClass(Void.class) || type.hasRawClass(void.class)) {
      return null;
    }
    return isAsStored(stored, type) ? stored : converted(stored, type);
  }

  private Mono<Object> one(@Nullable Object stored, JavaType type) {
    return Mono.justOrEmpty(read(stored, type.containedTypeOrUnknown(0)));
  }

  private List<?> list(@Nullable Object stored, JavaType type) {
    JavaType list =
        json.getTypeFactory().constructCollectionType(List.class, type.containedTypeOrUnknown(0));
    Object read = read(stored, list);
    return read == null ? List.of() : (List<?>) read;
  }

  /** Whether the task returns any plain values, so that dates among them stay dates. */
  private static boolean isAsStored(Object stored, JavaType type) {
    if (type.isJavaLangObject()) {
      return true;
    }
    return type.isContainerType()
        && type.getRawClass().isInstance(stored)
        && type.getContentType().isJavaLangObject()
        && (type.getKeyType() == null
            || type.getKeyType().isJavaLangObject()
            || type.getKeyType().hasRawClass(String.class));
  }

  private Object converted(Object stored, JavaType type) {
    try {
      return json.convertValue(stored, type);
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IllegalArgumentException(complaint(e, type), e);
    }
  }

  private static String complaint(Exception e, JavaType type) {
    String place =
        e instanceof DatabindException mapping
            ? mapping.getPath().stream()
                .map(step ->
                    step.getPropertyName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getPropertyName())
                .collect(Collectors.joining())
            : "";
    return "'result%s' does not fit %s".formatted(place, type.getRawClass().getSimpleName());
  }
}
