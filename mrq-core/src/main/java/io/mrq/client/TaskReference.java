package io.mrq.client;

import io.mrq.task.Task;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a task by its Java code, so that Java checks the params of its jobs and knows their result.
 * It can be kept in a constant:
 *
 * <pre>{@code
 * static final TaskReference<Welcome, Receipt> WELCOME = TaskReference.to(Mails::welcome);
 *
 * client.enqueue(WELCOME.with(new Welcome("a@b.c", 2)).delay(Duration.ofHours(1)));
 * }</pre>
 *
 * <p>The path of the jobs, their queue and everything else is what {@link io.mrq.task.MrqTask}
 * there says. A process that only enqueues needs no more than the type that has the annotation: an
 * interface with annotated methods, which the bean of the worker implements.
 *
 * @param <P> the params that the task takes; {@link Void} for none
 * @param <R> the result; {@link Void} for none
 */
public final class TaskReference<P extends @Nullable Object, R> {
  private final Class<?> owner;
  private final @Nullable Method method;

  private TaskReference(Class<?> owner, @Nullable Method method) {
    this.owner = owner;
    this.method = method;
  }

  private TaskReference(TaskMethod method) {
    this(ReferencedMethod.of(method).owner(), ReferencedMethod.of(method).method());
  }

  /** Names a task that is a class. */
  public static <P extends @Nullable Object, R> TaskReference<P, R> to(
      Class<? extends Task<P, R>> task) {
    return new TaskReference<>(task, null);
  }

  /**
   * Names a task that is a method, such as {@code Mails::welcome}.
   *
   * @throws IllegalArgumentException when it is no reference to a method by its class
   */
  public static <B, P extends @Nullable Object, R> TaskReference<P, R> to(
      TaskMethod.WithParams<B, P, R> method) {
    return new TaskReference<>(method);
  }

  /**
   * Names a task that is a method without a result.
   *
   * @throws IllegalArgumentException when it is no reference to a method by its class
   */
  public static <B, P extends @Nullable Object> TaskReference<P, Void> to(
      TaskMethod.WithParamsOnly<B, P> method) {
    return new TaskReference<>(method);
  }

  /**
   * Names a task that is a method without params.
   *
   * @throws IllegalArgumentException when it is no reference to a method by its class
   */
  public static <B, R> TaskReference<Void, R> to(TaskMethod.WithResultOnly<B, R> method) {
    return new TaskReference<>(method);
  }

  /**
   * Names a task that is a method without params and result.
   *
   * @throws IllegalArgumentException when it is no reference to a method by its class
   */
  public static <B> TaskReference<Void, Void> to(TaskMethod.Plain<B> method) {
    return new TaskReference<>(method);
  }

  /** Asks for a job of this task with these params, and every default. */
  public TaskRequest<R> with(P params) {
    return new TaskRequest<>(this, params);
  }

  /** Asks for a job of this task without any params, and with every default. */
  public TaskRequest<R> withoutParams() {
    return new TaskRequest<>(this, null);
  }

  /** Returns the class of the task, or the class or interface before the two colons. */
  public Class<?> owner() {
    return owner;
  }

  /** Returns the method that is the task; null when the class is. */
  public @Nullable Method method() {
    return method;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TaskReference<?, ?> reference
        && owner == reference.owner
        && Objects.equals(method, reference.method);
  }

  @Override
  public int hashCode() {
    return Objects.hash(owner, method);
  }

  /** Returns the name of the class, for a method followed by a dot and its name. */
  @Override
  public String toString() {
    return method == null ? owner.getName() : owner.getName() + "." + method.getName();
  }
}
