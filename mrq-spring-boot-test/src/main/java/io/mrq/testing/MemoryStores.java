package io.mrq.testing;

import io.mrq.dispatch.DispatchIndex;
import io.mrq.port.StorePorts;
import io.mrq.test.memory.InMemoryStore;
import io.mrq.test.memory.dispatch.InMemoryDispatchIndex;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/**
 * Stores in memory that can be replaced by empty ones while beans hold their ports: each port is a
 * proxy that asks the present store.
 */
final class MemoryStores implements StoresOfTest {
  private final TestClock clock;
  private volatile StorePorts store;
  private volatile DispatchIndex index = new InMemoryDispatchIndex();

  MemoryStores(TestClock clock) {
    this.clock = clock;
    store = new InMemoryStore(clock);
  }

  @Override
  public void clear() {
    store = new InMemoryStore(clock);
    index = new InMemoryDispatchIndex();
  }

  DispatchIndex index() {
    return proxy(DispatchIndex.class, () -> index);
  }

  /**
   * Returns a port of the store.
   *
   * @param port a method of {@link StorePorts}
   */
  Object port(Method port) {
    return proxy(port.getReturnType(), () -> call(port, store));
  }

  private static <T> T proxy(Class<T> type, Supplier<Object> present) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              try {
                return method.invoke(present.get(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
    return type.cast(proxy);
  }

  private static Object call(Method port, StorePorts store) {
    try {
      return port.invoke(store);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
