package io.mrq.client;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A task, named by a reference to its method such as {@code Mails::welcome}. The reference is never
 * called; MRQ reads from it which method is meant, and Java checks the params and the result. The
 * method has {@link io.mrq.task.MrqTask}, and belongs to the class of the bean, or to an interface
 * that the bean implements.
 *
 * <p>Only a reference to a method by its class will do: no lambda, no reference by an object such
 * as {@code mails::welcome}, and none to a static method. Where two methods of the class share the
 * name, Java does not know which one is meant; give one of them another name.
 */
public sealed interface TaskMethod extends Serializable {
  /**
   * A method that takes params and returns a result.
   *
   * @param <B> the class or interface of the bean
   * @param <P> the params
   * @param <R> the result
   */
  @FunctionalInterface
  non-sealed interface WithParams<B, P extends @Nullable Object, R> extends TaskMethod {
    /** The form of the method. */
    @Nullable R call(B bean, P params) throws Exception;
  }

  /**
   * A method that takes params and returns nothing.
   *
   * @param <B> the class or interface of the bean
   * @param <P> the params
   */
  @FunctionalInterface
  non-sealed interface WithParamsOnly<B, P extends @Nullable Object> extends TaskMethod {
    /** The form of the method. */
    void call(B bean, P params) throws Exception;
  }

  /**
   * A method that takes nothing and returns a result.
   *
   * @param <B> the class or interface of the bean
   * @param <R> the result
   */
  @FunctionalInterface
  non-sealed interface WithResultOnly<B, R> extends TaskMethod {
    /** The form of the method. */
    @Nullable R call(B bean) throws Exception;
  }

  /**
   * A method that takes nothing and returns nothing.
   *
   * @param <B> the class or interface of the bean
   */
  @FunctionalInterface
  non-sealed interface Plain<B> extends TaskMethod {
    /** The form of the method. */
    void call(B bean) throws Exception;
  }
}
