package io.mrq.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.mrq.dispatch.DispatchIndex;
import io.mrq.dispatch.DispatchRefusedException;
import io.mrq.dispatch.DispatchUnavailableException;
import io.mrq.mongo.MongoStores;
import io.mrq.redis.RedisDispatchIndex;
import io.mrq.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Measures every call of MRQ's own stores, under the names of their ports. Heartbeats have a client
 * and meters of their own; stores of the application are left as they are.
 */
final class TimedStores implements BeanPostProcessor {
  /** Methods that wait on purpose, or do not ask a store. */
  private static final Set<String> NOT_TIMED = Set.of("await", "isAvailable", "prepare", "close");

  private final ObjectProvider<MeterRegistry> registry;

  TimedStores(ObjectProvider<MeterRegistry> registry) {
    this.registry = registry;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    return switch (bean) {
      case MongoStores stores -> timed(stores);
      case RedisDispatchIndex index -> timed(DispatchIndex.class, index, "redis");
      default -> bean;
    };
  }

  private MongoStores timed(MongoStores stores) {
    RecordComponent[] components = MongoStores.class.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Object[] ports = new Object[components.length];
      for (int i = 0; i < ports.length; i++) {
        Object port = components[i].getAccessor().invoke(stores);
        ports[i] = types[i].isInterface() ? timedPort(types[i], port) : port;
      }
      return MongoStores.class.getDeclaredConstructor(types).newInstance(ports);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record could not be copied", e);
    }
  }

  private <T> Object timedPort(Class<T> port, Object target) {
    return timed(port, port.cast(target), "mongodb");
  }

  private <T> T timed(Class<T> port, T target, String store) {
    Map<String, Timer> timers = new ConcurrentHashMap<>();
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              if (NOT_TIMED.contains(method.getName())
                  || method.getDeclaringClass() == Object.class) {
                return invoke(target, method, arguments);
              }
              long begun = System.nanoTime();
              String outcome = "ok";
              try {
                return invoke(target, method, arguments);
              } catch (DispatchRefusedException e) {
                outcome = "refused";
                throw e;
              } catch (StoreUnavailableException | DispatchUnavailableException e) {
                outcome = "unavailable";
                throw e;
              } catch (Throwable e) {
                outcome = "refused";
                throw e;
              } finally {
                String operation = method.getName();
                String how = outcome;
                timers
                    .computeIfAbsent(operation + " " + how, _ -> timer(store, operation, how))
                    .record(Duration.ofNanos(System.nanoTime() - begun));
              }
            }));
  }

  private static @Nullable Object invoke(
      Object target, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
  }

  private Timer timer(String store, String operation, String outcome) {
    return Timer.builder("mrq.store.operation.duration")
        .description("One call of a store")
        .tags("store", store, "operation", operation, "outcome", outcome)
        .serviceLevelObjectives(MeterBuckets.CALLS)
        .register(registry.getObject());
  }
}
