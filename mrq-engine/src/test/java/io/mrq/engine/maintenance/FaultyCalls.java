package io.mrq.engine.maintenance;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ports whose calls are slow, or fail, as a test wants it. */
public final class FaultyCalls {
  private final Map<String, Fault> faults = new HashMap<>();

  private record Fault(@Nullable Object argument, Runnable effect) {}

  /** Does this before each call of a method. */
  public void on(String method, Runnable effect) {
    faults.put(method, new Fault(null, effect));
  }

  /** Does this before each call of a method with this argument. */
  public void onArgument(String method, Object argument, Runnable effect) {
    faults.put(method, new Fault(argument, effect));
  }

  /** The port, with the faults. */
  public <T> T of(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              Fault fault = faults.get(method.getName());
              if (fault != null
                  && (fault.argument() == null || List.of(arguments).contains(fault.argument()))) {
                fault.effect().run();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
