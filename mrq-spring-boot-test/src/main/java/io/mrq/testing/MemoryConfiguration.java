package io.mrq.testing;

import io.mrq.dispatch.DispatchIndex;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Stores in memory. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = MrqContextCustomizer.STORES, havingValue = "memory")
@Import(MemoryPortsRegistrar.class)
class MemoryConfiguration {
  @Bean
  MemoryStores mrqTestStores(TestClock clock) {
    return new MemoryStores(clock);
  }

  @Bean
  DispatchIndex mrqTestDispatchIndex(MemoryStores stores) {
    return stores.index();
  }
}
