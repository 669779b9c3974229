package io.mrq.api.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Serves the description of the API. It is written by hand in {@code openapi.yaml}, because bodies
 * are read field by field and there are no classes to derive it from. Tests compare it with the
 * routes and with real answers.
 */
@RestController
class OpenApiController {
  private final Map<String, Object> document = load();

  @GetMapping(path = "/v3/api-docs", produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> document() {
    return document;
  }

  private static Map<String, Object> load() {
    try (InputStream yaml =
        new ClassPathResource("openapi.yaml", OpenApiController.class).getInputStream()) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException("the class path lacks openapi.yaml", e);
    }
  }
}
