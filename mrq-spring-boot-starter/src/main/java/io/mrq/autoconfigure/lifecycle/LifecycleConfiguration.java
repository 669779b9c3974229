package io.mrq.autoconfigure.lifecycle;

import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes what works in the background at the start, also where all else is made lazily. */
@Configuration(proxyBeanMethods = false)
public class LifecycleConfiguration {
  @Bean
  static LazyInitializationExcludeFilter mrqBackgroundIsNotLazy() {
    return LazyInitializationExcludeFilter.forBeanTypes(BackgroundLifecycle.class);
  }
}
