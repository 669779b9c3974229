package io.mrq.api.job;

import io.mrq.api.load.LargeAnswerLimit;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Answers with whole jobs or their logs can be large, so they are limited. */
@Configuration(proxyBeanMethods = false)
class LargeAnswerConfiguration implements WebMvcConfigurer {
  @Override
  public void addInterceptors(InterceptorRegistry registry) {
    registry
        .addInterceptor(new LargeAnswerLimit())
        .addPathPatterns("/api/v1/jobs", "/api/v1/jobs/*", "/api/v1/jobs/*/logs")
        .excludePathPatterns("/api/v1/jobs/count");
  }
}
