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
 * @param name under which it is asked for
 * @param type the class that somebody wrote, behind all proxies
 * @param declared that class with its type arguments where the bean's declaration names them
 * @param exposed the class that the bean factory answers with, which may be a proxy's
 * @param methods those with the annotation
 * @param target of a scoped proxy the bean behind it; null for every other bean
 */
record TaskBean(
    String name,
    Class<?> type,
    Type declared,
    Class<?> exposed,
    Map<Method, MrqTask> methods,
    @Nullable TaskBean target) {

  /**
   * The bean on which a method can be called: a scoped proxy that has only interfaces is passed by
   * when none of them has the method.
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
