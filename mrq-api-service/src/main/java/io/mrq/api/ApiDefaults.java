package io.mrq.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Puts {@code mrq-api-defaults.properties} below every other source of properties. They are not in
 * {@code application.yaml}, since of several files of that name on one class path Boot reads only
 * the first: an application that hosts more than one service would lose the others' defaults.
 */
class ApiDefaults implements EnvironmentPostProcessor {
  private static final String FILE = "mrq-api-defaults.properties";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    try {
      environment
          .getPropertySources()
          .addLast(
              new ResourcePropertySource(
                  FILE, new ClassPathResource(FILE, ApiDefaults.class.getClassLoader())));
    } catch (IOException e) {
      throw new UncheckedIOException("the class path lacks " + FILE, e);
    }
  }
}
