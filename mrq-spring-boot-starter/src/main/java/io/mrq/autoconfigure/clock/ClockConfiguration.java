package io.mrq.autoconfigure.clock;

import static io.mrq.autoconfigure.clock.ClockConfiguration.CLOCK;

import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The clock of MRQ. The workers of many processes must agree on the time, so it is never a clock
 * that the application has for itself; a bean named {@link #CLOCK} replaces it.
 */
@Configuration(proxyBeanMethods = false)
public class ClockConfiguration {
  /** The name of the bean. */
  public static final String CLOCK = "mrqClock";

  @Bean(name = CLOCK, defaultCandidate = false)
  @ConditionalOnMissingBean(name = CLOCK)
  InstantSource mrqClock() {
    return InstantSource.system();
  }
}
