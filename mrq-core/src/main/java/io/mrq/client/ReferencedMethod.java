package io.mrq.client;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The method that a {@link TaskMethod} names. The compiler gives a serializable method reference
 * the method {@code writeReplace}, which tells; nothing is serialized.
 *
 * @param owner the class before the two colons
 * @param method the method, of that class or inherited by it
 */
record ReferencedMethod(Class<?> owner, Method method) {
  /** Each method reference in the source has a class of its own, so it is read once. */
  private static final ClassValue<AtomicReference<@Nullable ReferencedMethod>> KNOWN =
      new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable ReferencedMethod> computeValue(Class<?> type) {
          return new AtomicReference<>();
        }
      };

  /**
   * Reads which method is meant.
   *
   * @throws IllegalArgumentException when it is no reference to a method by its class
   */
  static ReferencedMethod of(TaskMethod reference) {
    AtomicReference<@Nullable ReferencedMethod> known = KNOWN.get(reference.getClass());
    ReferencedMethod method = known.get();
    if (method == null) {
      method = read(serialized(reference), reference.getClass().getClassLoader());
      known.set(method);
    }
    return method;
  }

  private static SerializedLambda serialized(TaskMethod reference) {
    try {
      Method writeReplace = reference.getClass().getDeclaredMethod("writeReplace");
      writeReplace.setAccessible(true);
      if (writeReplace.invoke(reference) instanceof SerializedLambda lambda) {
        return lambda;
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw refused(reference.getClass().getName(), e);
    }
    throw refused(reference.getClass().getName(), null);
  }

  private static ReferencedMethod read(SerializedLambda lambda, ClassLoader loader) {
    String name = lambda.getImplClass().replace('/', '.') + "." + lambda.getImplMethodName();
    boolean ofObject =
        lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeVirtual
            || lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeInterface
            || lambda.getImplMethodKind() == MethodHandleInfo.REF_invokeSpecial;
    if (!ofObject
        || lambda.getCapturedArgCount() > 0
        || lambda.getImplMethodName().startsWith("lambda$")) {
      throw refused(name, null);
    }
    Class<?> owner = type(lambda.getInstantiatedMethodType(), loader).parameterType(0);
    MethodType form = type(lambda.getImplMethodSignature(), loader);
    return find(owner, lambda.getImplMethodName(), form)
        .map(method -> new ReferencedMethod(owner, method))
        .orElseThrow(() -> refused(name, null));
  }

  private static MethodType type(String descriptor, ClassLoader loader) {
    return MethodType.fromMethodDescriptorString(descriptor, loader);
  }

  private static Optional<Method> find(Class<?> owner, String name, MethodType form) {
    Optional<Method> own =
        Arrays.stream(owner.getDeclaredMethods())
            .filter(method -> method.getName().equals(name))
            .filter(method -> method.getReturnType() == form.returnType())
            .filter(method -> Arrays.equals(method.getParameterTypes(), form.parameterArray()))
            .findFirst();
    return own.or(() ->
        Stream.concat(
                Stream.ofNullable(owner.getSuperclass()), Arrays.stream(owner.getInterfaces()))
            .flatMap(above -> find(above, name, form).stream())
            .findFirst());
  }

  private static IllegalArgumentException refused(String what, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "%s names no task: give a reference to a method by its class, such as Mails::welcome; no lambda, no object before the colons, no static method"
            .formatted(what),
        cause);
  }
}
