package io.mrq.api.job;

import io.mrq.api.shared.LargeAnswers;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Whatever shows whole jobs or their logs may be large. */
@Configuration(proxyBeanMethods = false)
class LargeAnswersConfiguration implements WebMvcConfigurer {
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(new LargeAnswers())
        .addPathPatterns("/api/v1/jobs", "/api/v1/jobs/*", "/api/v1/jobs/*/logs")
        .excludePathPatterns("/api/v1/jobs/count");
  }
}
