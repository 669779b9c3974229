package io.mrq.autoconfigure.task;

import io.mrq.task.MrqTask;
import io.mrq.task.Task;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.util.ClassUtils;

/** Finds the class that a developer wrote for a bean, behind any proxy. */
final class BeanClasses {
  private static final Logger log = LoggerFactory.getLogger(BeanClasses.class);

  private final ConfigurableListableBeanFactory beans;

  /** Whether a bean that is declared by an interface with tasks may be made to learn its class. */
  private final boolean mayMake;

  BeanClasses(ConfigurableListableBeanFactory beans, boolean mayMake) {
    this.beans = beans;
    this.mayMake = mayMake;
  }

  /** Returns what a bean is; nothing for a bean of the framework or one that cannot be read. */
  Optional<TaskBean> find(String name) {
    try {
      return read(name);
    } catch (RuntimeException | LinkageError e) {
      log.warn(
          "The bean '{}' was not searched for tasks, because its class cannot be read: {}",
          name,
          e.toString());
      return Optional.empty();
    }
  }

  private Optional<TaskBean> read(String name) {
    if (ScopedProxyUtils.isScopedTarget(name)) {
      // It is found by the name of its proxy.
      return Optional.empty();
    }
    String targetName = ScopedProxyUtils.getTargetBeanName(name);
    Class<?> exposed = exposed(name);
    if (exposed == null) {
      return Optional.empty();
    }
    if (!beans.containsBeanDefinition(targetName)) {
      return bean(name, exposed);
    }
    Class<?> behind = exposed(targetName);
    return behind == null
        ? Optional.empty()
        : bean(targetName, behind)
            .map(target ->
                new TaskBean(
                    name, target.type(), target.declared(), exposed, target.methods(), target));
  }

  private Optional<TaskBean> bean(String name, Class<?> exposed) {
    Object made = madeForItsClass(name, exposed);
    Class<?> type =
        made == null ? ClassUtils.getUserClass(exposed) : AopProxyUtils.ultimateTargetClass(made);
    if (type.getName().startsWith("org.springframework.")) {
      return Optional.empty();
    }
    Class<?> called = made == null ? exposed : made.getClass();
    return Optional.of(new TaskBean(name, type, declared(name, type), called, methods(type), null));
  }

  private static Map<Method, MrqTask> methods(Class<?> type) {
    return AnnotationUtils.isCandidateClass(type, MrqTask.class)
        ? MethodIntrospector.selectMethods(
            type,
            (MethodIntrospector.MetadataLookup<MrqTask>)
                m -> AnnotatedElementUtils.findMergedAnnotation(m, MrqTask.class))
        : Map.of();
  }

  private @Nullable Class<?> exposed(String name) {
    Object made = made(name);
    return made == null ? beans.getType(name, false) : made.getClass();
  }

  /** The bean, if it is made already or must be made to learn the class behind its tasks. */
  private @Nullable Object madeForItsClass(String name, Class<?> exposed) {
    Object made = made(name);
    return made == null
            && mayMake
            && Modifier.isAbstract(exposed.getModifiers())
            && !beans.isFactoryBean(name)
            && tellsOfTasks(exposed)
        ? beans.getBean(name)
        : made;
  }

  private @Nullable Object made(String name) {
    Object made = beans.containsSingleton(name) ? beans.getSingleton(name) : null;
    return made instanceof FactoryBean ? null : made;
  }

  /** Whether the declared type alone shows that the bean has tasks. */
  private static boolean tellsOfTasks(Class<?> declared) {
    return Task.class.isAssignableFrom(declared)
        || AnnotatedElementUtils.hasAnnotation(declared, MrqTask.class)
        || !methods(declared).isEmpty();
  }

  private Type declared(String name, Class<?> type) {
    if (!beans.containsBeanDefinition(name)) {
      return type;
    }
    ResolvableType declared = beans.getMergedBeanDefinition(name).getResolvableType();
    return type.equals(declared.resolve())
            && declared.hasGenerics()
            && !declared.hasUnresolvableGenerics()
        ? declared.getType()
        : type;
  }
}
