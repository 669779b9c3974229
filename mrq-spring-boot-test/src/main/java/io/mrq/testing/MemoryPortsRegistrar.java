package io.mrq.testing;

import io.mrq.port.StorePorts;
import java.lang.reflect.Method;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;

/** Makes a bean of every port in memory, so that the starter makes none of MongoDB. */
final class MemoryPortsRegistrar implements ImportBeanDefinitionRegistrar {
  private final BeanFactory beans;

  MemoryPortsRegistrar(BeanFactory beans) {
    this.beans = beans;
  }

  @Override
  public void registerBeanDefinitions(AnnotationMetadata type, BeanDefinitionRegistry registry) {
    for (Method port : StorePorts.class.getMethods()) {
      RootBeanDefinition definition = new RootBeanDefinition();
      definition.setTargetType(port.getReturnType());
      definition.setBeanClass(port.getReturnType());
      definition.setInstanceSupplier(() -> beans.getBean(MemoryStores.class).port(port));
      registry.registerBeanDefinition("mrqTest." + port.getName(), definition);
    }
  }
}
