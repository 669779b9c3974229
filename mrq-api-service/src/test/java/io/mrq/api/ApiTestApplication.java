package io.mrq.api;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The service started by hand, with arguments, on stores in memory. */
public final class ApiTestApplication implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private ApiTestApplication(ConfigurableApplicationContext context) {
    this.context = context;
  }

  public static ApiTestApplication start(String... arguments) {
    return start(MrqApiApplication.class, arguments);
  }

  public static ApiTestApplication start(Class<?> main, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--server.port=0"));
    all.addAll(List.of(arguments));
    return new ApiTestApplication(
        new SpringApplication(main, ApiTestStores.class).run(all.toArray(String[]::new)));
  }

  public Api api() {
    return context.getBean(Api.class);
  }

  /** Its port for health and metrics alone. */
  public Api management() {
    return new Api(
        () -> context.getEnvironment().getRequiredProperty("local.management.port", Integer.class));
  }

  public ConfigurableApplicationContext context() {
    return context;
  }

  @Override
  public void close() {
    context.close();
  }
}
