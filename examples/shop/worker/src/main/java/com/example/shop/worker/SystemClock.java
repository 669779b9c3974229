package com.example.shop.worker;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The clock that tasks ask. Tests with {@code @MrqTest} do not find it, and have their own. */
@Configuration(proxyBeanMethods = false)
class SystemClock {
  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
