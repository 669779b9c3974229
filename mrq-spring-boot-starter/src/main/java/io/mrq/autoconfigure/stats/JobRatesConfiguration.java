package io.mrq.autoconfigure.stats;

import static io.mrq.autoconfigure.clock.ClockConfiguration.CLOCK;

import io.mrq.engine.stats.JobRateCounter;
import io.mrq.stats.JobRates;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Counts what happens to jobs, and stores the counts. */
@Configuration(proxyBeanMethods = false)
public class JobRatesConfiguration {
  @Bean
  @ConditionalOnMissingBean
  JobRateCounter mrqJobRateCounter(JobRates rates, @Qualifier(CLOCK) InstantSource clock) {
    return new JobRateCounter(rates, clock);
  }

  @Bean
  RatesLifecycle mrqRatesLifecycle(JobRateCounter rates) {
    return new RatesLifecycle(rates);
  }
}
