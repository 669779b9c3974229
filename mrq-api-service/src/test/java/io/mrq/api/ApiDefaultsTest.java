package io.mrq.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.access.AccessProperties;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/** What holds when nobody says otherwise, here and in an application that hosts the API. */
class ApiDefaultsTest {

  // CLI-09
  @Test
  void thisMachineOnlyVirtualThreadsAndAGracefulStop() {
    try (ApiTestApplication service = ApiTestApplication.start()) {
      Environment environment = service.context().getEnvironment();
      assertThat(environment.getProperty("server.address")).isEqualTo("127.0.0.1");
      assertThat(environment.getProperty("server.shutdown")).isEqualTo("graceful");
      assertThat(environment.getProperty("spring.threads.virtual.enabled")).isEqualTo("true");
      assertThat(environment.getProperty("spring.application.name")).isEqualTo("mrq-api");
      assertThat(service.context().getBean(AccessProperties.class).allowInsecure()).isFalse();
    }
  }

  // CLI-09
  @Test
  void thePortIs8080() throws IOException {
    assertThat(
            PropertiesLoaderUtils.loadProperties(
                new ClassPathResource("mrq-api-defaults.properties")))
        .containsEntry("server.port", "8080");
  }

  @Test
  void anotherApplicationHostsTheApiWithItsDefaults() {
    try (ApiTestApplication host =
        ApiTestApplication.start(Host.class, "--spring.threads.virtual.enabled=false")) {
      assertThat(host.context().getBeansOfType(MrqApiApplication.class)).isEmpty();
      host.api().enqueue("{\"path\":\"a.B\"}").is(201);
      host.api().get("/nowhere").isProblem(404, "route-not-found");
      host.api().get("/actuator/health/readiness").is(200);
      assertThat(host.context().getEnvironment().getProperty("server.address"))
          .isEqualTo("127.0.0.1");
      assertThat(host.context().getEnvironment().getProperty("spring.threads.virtual.enabled"))
          .as("every other source of properties wins")
          .isEqualTo("false");
    }
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(ApiConfiguration.class)
  static class Host {}
}
