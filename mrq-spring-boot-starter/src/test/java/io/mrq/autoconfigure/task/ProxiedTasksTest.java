package io.mrq.autoconfigure.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.task.MrqTask;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** Tasks are found and called whatever proxies their beans. */
class ProxiedTasksTest extends TaskSearching {
  @Test
  void aBeanBehindAScopedProxyHasItsTasksOnce() {
    registry(tasks -> assertThat(run(tasks, "scoped")).isEqualTo("s"), Scoped.class);
  }

  @Test
  void aTaskClassBehindAScopedProxyIsOneTask() {
    registry(
        tasks -> assertThat(run(tasks, ScopedTask.class.getName())).isEqualTo("t"),
        ScopedTask.class);
  }

  @Test
  void aScopedProxyOfInterfacesIsPassedByForAMethodThatNoneOfThemHas() {
    registry(
        tasks -> assertThat(run(tasks, "scoped.interfaces")).isEqualTo("i"),
        ScopedByInterfaces.class);
  }

  @Test
  void aClassProxyIsLookedThroughAndCalled() {
    registry(tasks -> assertThat(run(tasks, "advised")).isEqualTo("advised!"), ClassProxied.class);
  }

  @Test
  void aJdkProxyIsLookedThroughAndCalledWhereAnInterfaceHasTheMethod() {
    registry(tasks -> assertThat(run(tasks, "by.interface")).isEqualTo("sent!"), JdkProxied.class);
  }

  @Test
  void aMethodThatNoInterfaceOfAJdkProxyHasIsToldOfWithItsBeanAndTask() {
    assertThat(startFailure(JdkProxiedWithoutTheMethod.class))
        .contains("'hidden'", "'service'", "interface");
  }

  // Applications

  @Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
  static class Scoped {
    @MrqTask("scoped")
    public String run() {
      return "s";
    }
  }

  interface Other {
    void other();
  }

  @Scope(value = "prototype", proxyMode = ScopedProxyMode.INTERFACES)
  static class ScopedByInterfaces implements Other {
    @MrqTask("scoped.interfaces")
    public String run() {
      return "i";
    }

    @Override
    public void other() {}
  }

  static class HiddenServiceBean implements Service {
    @Override
    public String send() {
      return "sent";
    }

    @MrqTask("hidden")
    public String hidden() {
      return "h";
    }
  }

  static class Advised {
    @MrqTask("advised")
    public String run() {
      return "advised";
    }
  }

  private static Object proxy(Object target, boolean ofClass) {
    ProxyFactory factory = new ProxyFactory(target);
    factory.setProxyTargetClass(ofClass);
    factory.addAdvice((MethodInterceptor) call -> call.proceed() + "!");
    return factory.getProxy();
  }

  @Configuration(proxyBeanMethods = false)
  static class ClassProxied {
    @Bean
    Advised advised() {
      return (Advised) proxy(new Advised(), true);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class JdkProxied {
    @Bean
    Service service() {
      return (Service) proxy(new ServiceBean(), false);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class JdkProxiedWithoutTheMethod {
    @Bean
    Service service() {
      return (Service) proxy(new HiddenServiceBean(), false);
    }
  }
}
