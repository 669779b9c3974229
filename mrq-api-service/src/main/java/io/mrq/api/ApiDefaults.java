package io.mrq.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Adds {@code mrq-api-defaults.properties} as the source of properties with the lowest precedence.
 * These defaults are not in {@code application.yaml}, because Boot reads only the first file of
 * that name on the class path: an application that hosts several services would lose the others'
 * defaults.
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
