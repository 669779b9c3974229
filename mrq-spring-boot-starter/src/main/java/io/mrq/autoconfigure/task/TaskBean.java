package io.mrq.autoconfigure.task;

import io.mrq.task.MrqTask;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;

/**
 * A bean that is searched for tasks.
 *
 * @param name the name by which it is asked for
 * @param type the class that a developer wrote, behind all proxies
 * @param declared that class, with its type arguments where the declaration of the bean names them
 * @param exposed the class of what the bean factory returns, which may be a proxy
 * @param methods the methods with the annotation
 * @param target the bean behind a scoped proxy; null for every other bean
 */
record TaskBean(
    String name,
    Class<?> type,
    Type declared,
    Class<?> exposed,
    Map<Method, MrqTask> methods,
    @Nullable TaskBean target) {

  /**
   * Returns the bean on which a method can be called. When none of the interfaces of a scoped proxy
   * has the method, that is the bean behind the proxy.
   */
  TaskBean reachable(Method method) {
    if (target == null) {
      return this;
    }
    try {
      AopUtils.selectInvocableMethod(method, exposed);
      return this;
    } catch (IllegalStateException _) {
      return target;
    }
  }
}
