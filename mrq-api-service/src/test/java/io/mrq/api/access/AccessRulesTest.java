package io.mrq.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTestApplication;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Every route that there is, asked for without credentials, with too small a role, and with the
 * right one. A route that is added later is in here by itself.
 */
@TestInstance(Lifecycle.PER_CLASS)
class AccessRulesTest {
  private static final Set<RequestMethod> READING =
      Set.of(RequestMethod.GET, RequestMethod.HEAD, RequestMethod.OPTIONS);
  private static final Set<String> OPEN = Set.of("/actuator/health", "/actuator/health/**");

  private ApiTestApplication service;
  private Api api;

  /**
   * One route.
   *
   * @param method its HTTP method
   * @param path its pattern
   */
  record Route(RequestMethod method, String path) {
    String address() {
      // The feed has no end: it is asked in a way that it refuses when it lets somebody in.
      return path.equals("/api/v1/events") ? path + "?refused=1" : example();
    }

    private String example() {
      return path.replaceAll("\\{[^}]+}", "0123456789abcdef01234567").replace("/**", "/x");
    }

    String needed() {
      return path.startsWith("/api/v1/api-keys")
              || (method == RequestMethod.PATCH && path.startsWith("/api/v1/tasks"))
          ? "admin"
          : READING.contains(method) ? "viewer" : "operator";
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @BeforeAll
  void start() {
    service = People.service();
    api = service.api();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void theRoutesAreFound() {
    assertThat(routes())
        .contains(
            new Route(RequestMethod.POST, "/api/v1/jobs"),
            new Route(RequestMethod.POST, "/api/v1/jobs/{id}/cancel"),
            new Route(RequestMethod.GET, "/api/v1/queues"),
            new Route(RequestMethod.GET, "/actuator/prometheus"),
            new Route(RequestMethod.GET, "/error"),
            new Route(RequestMethod.DELETE, "/error"))
        .hasSizeGreaterThan(15);
  }

  // AUTH-01, AUTH-02, BUG-17
  @ParameterizedTest
  @MethodSource("closed")
  void withoutCredentialsItIsRefused(Route route) {
    Answer answer =
        send(route).isProblem(401, "unauthenticated").saying("Credentials are required");

    assertThat(answer.header("WWW-Authenticate"))
        .isEqualTo("Basic realm=\"MRQ\", charset=\"UTF-8\"");
  }

  // AUTH-02
  @ParameterizedTest
  @MethodSource("closed")
  void withWrongCredentialsItIsRefused(Route route) {
    send(route, People.basic("stranger", "guessed")).isProblem(401, "unauthenticated");
    send(route, People.bearer("guessed")).isProblem(401, "unauthenticated");
  }

  @ParameterizedTest
  @MethodSource("changing")
  void aViewerMayNotChangeAnything(Route route) {
    Answer answer = send(route, People.as(People.VIEWER)).isProblem(403, "role-too-small");

    assertThat(answer.text("/role")).isEqualTo(route.needed());
    answer.saying("the role " + route.needed());
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("forAdmins")
  void anOperatorMayNotDoWhatIsForAdmins(Route route) {
    send(route, People.as(People.OPERATOR)).isProblem(403, "role-too-small").saying("admin");
    send(route, People.bearer(People.KEY)).isProblem(403, "role-too-small").saying("admin");
  }

  @ParameterizedTest
  @MethodSource("closed")
  void theRightRoleIsLetIn(Route route) {
    assertThat(send(route, People.as(route.needed() + "-1")).status()).isNotIn(401, 403);
    assertThat(send(route, People.as(People.ADMIN)).status()).isNotIn(401, 403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nowhere", "/api/v1/nowhere", "/actuator/env", "/dashboard", "/"})
  void whatIsNotThereIsForNoStrangerEither(String path) {
    api.get(path).isProblem(401, "unauthenticated");
    api.post(path, "{}").isProblem(401, "unauthenticated");
    api.post(path, "{}", People.as(People.VIEWER)).isProblem(403, "role-too-small");
  }

  @Test
  void healthIsOpen() {
    assertThat(api.get("/actuator/health").is(200).text("/status")).isEqualTo("UP");
    api.get("/actuator/health/liveness").is(200);
    api.get("/actuator/health/readiness").is(200);
  }

  /** Files that hold no data. */
  @ParameterizedTest
  @ValueSource(strings = {"/dashboard/assets/x.js", "/webjars/x/y.js", "/favicon.ico"})
  void assetsAreOpen(String path) {
    assertThat(api.get(path).status()).isNotIn(401, 403);
    api.post(path, "{}").isProblem(401, "unauthenticated");
  }

  @Test
  void metricsAreOpenWhenSomebodySaysSo() {
    try (ApiTestApplication open = People.service("--mrq.api.open-metrics=true")) {
      open.api().get("/actuator/prometheus").is(200);
      open.api().get("/api/v1/jobs").isProblem(401, "unauthenticated");
    }
  }

  private Stream<Route> closed() {
    return routes().stream().filter(route -> !OPEN.contains(route.path()));
  }

  private Stream<Route> changing() {
    return closed().filter(route -> !READING.contains(route.method()));
  }

  private Stream<Route> forAdmins() {
    return closed().filter(route -> route.needed().equals("admin"));
  }

  private List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    service
        .context()
        .getBeansOfType(RequestMappingInfoHandlerMapping.class)
        .values()
        .forEach(
            mapping -> mapping.getHandlerMethods().keySet().forEach(info -> add(info, routes)));
    return routes;
  }

  /** A mapping that names no method takes all of them. */
  private static void add(RequestMappingInfo info, List<Route> routes) {
    Set<RequestMethod> named = info.getMethodsCondition().getMethods();
    Set<RequestMethod> methods =
        named.isEmpty()
            ? Set.of(
                RequestMethod.GET,
                RequestMethod.POST,
                RequestMethod.PUT,
                RequestMethod.PATCH,
                RequestMethod.DELETE)
            : named;
    for (String path : info.getPatternValues()) {
      methods.forEach(method -> routes.add(new Route(method, path)));
    }
  }

  private Answer send(Route route, String... headers) {
    return api.send(
        route.method().name(),
        route.address(),
        READING.contains(route.method()) ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"),
        Stream.concat(Stream.of(headers), Stream.of("Content-Type", "application/json"))
            .toArray(String[]::new));
  }
}
