package io.mrq.autoconfigure.lifecycle;

import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts what works in the background, even where all other beans are made lazily. */
@Configuration(proxyBeanMethods = false)
public class LifecycleConfiguration {
  @Bean
  static LazyInitializationExcludeFilter mrqBackgroundIsNotLazy() {
    return LazyInitializationExcludeFilter.forBeanTypes(BackgroundLifecycle.class);
  }
}
