package io.mrq.api.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.mrq.api.Answer;
import io.mrq.api.Api;
import io.mrq.api.ApiTest;
import io.mrq.api.ApiTestApplication;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ApiTest
class DashboardTest {
  private static final Pattern ADDRESS = Pattern.compile("(?:href|src)=\"([^\"{]+\\.[a-z]+)\"");
  private static final Pattern IMPORT =
      Pattern.compile("from '([^']+)'|^import '([^']+)'", Pattern.MULTILINE);

  private final Api api;

  DashboardTest(Api api) {
    this.api = api;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dashboard/",
        "/dashboard/exceptions",
        "/dashboard/jobs?status=failed&path=a.B",
        "/dashboard/jobs/6ab1c2d3e4f5061728394a5b",
        "/dashboard/queues",
        "/dashboard/workers",
        "/dashboard/actions",
        "/dashboard/audit",
        "/dashboard/access"
      })
  void everyViewHasAnAddressOfItsOwn(String address) {
    Answer page = api.get(address).is(200);

    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("<base href=\"/dashboard/\">");
  }

  // RTE-01
  @Test
  void theRootLeadsToIt() {
    assertThat(api.get("/").is(302).header("Location")).isEqualTo("/dashboard/");
    assertThat(api.get("/dashboard").is(302).header("Location")).isEqualTo("/dashboard/");
  }

  // BUG-21
  @Test
  void onlyScriptsWithTheNonceOfThisAnswerRun() {
    Answer first = api.get("/dashboard/");
    Answer second = api.get("/dashboard/");

    String policy = first.header("Content-Security-Policy");
    assertThat(policy)
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    String nonce = policy.replaceAll(".*'nonce-([^']+)'.*", "$1");
    assertThat(first.body()).contains("nonce=\"" + nonce + "\"").doesNotContain("{{");
    assertThat(second.body()).doesNotContain(nonce);
  }

  // RTE-17
  @Test
  void whatThePageAsksForIsThere() {
    String page = api.get("/dashboard/").body();

    List<String> addresses = ADDRESS.matcher(page).results().map(found -> found.group(1)).toList();
    assertThat(addresses).hasSizeGreaterThan(6).noneMatch(address -> address.startsWith("http"));
    for (String address : addresses) {
      api.get(resolved("/dashboard/", address)).is(200);
    }
    api.get("/webjars/lit-html/lit-html.js").is(200);
    api.get("/webjars/lit-html/directives/repeat.js").is(200);
    api.get("/webjars/uplot/dist/uPlot.esm.js").is(200);
  }

  @Test
  void everyModuleThatIsImportedIsThere() {
    check("/dashboard/assets/app.js", new HashSet<>());
  }

  private void check(String module, Set<String> seen) {
    if (!seen.add(module)) {
      return;
    }
    Answer answer = api.get(module).is(200);
    assertThat(answer.header("Content-Type")).contains("javascript");
    IMPORT
        .matcher(answer.body())
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .filter(name -> name.startsWith("."))
        .forEach(name -> check(resolved(module, name), seen));
  }

  private static String resolved(String from, String address) {
    return URI.create(from).resolve(address).getPath();
  }

  @Test
  void itWorksBehindAnyPrefix() {
    try (ApiTestApplication service =
        ApiTestApplication.start(
            "--server.servlet.context-path=/ops/mrq",
            "--server.forward-headers-strategy=framework")) {
      Api prefixed = service.api();

      assertThat(prefixed.get("/ops/mrq/").is(302).header("Location"))
          .isEqualTo("/ops/mrq/dashboard/");
      assertThat(prefixed.get("/ops/mrq/dashboard/queues").body())
          .contains("<base href=\"/ops/mrq/dashboard/\">");
      prefixed.get("/ops/mrq/dashboard/assets/app.js").is(200);
      assertThat(prefixed.get("/ops/mrq/dashboard/", "X-Forwarded-Prefix", "/outer\"><b>").body())
          .doesNotContain("<b>");
    }
  }

  @Test
  void otherPagesAreProblemsAsEverywhere() {
    api.get("/dashboard/nowhere").isProblem(404, "route-not-found");
    api.get("/dashboard/assets/nothing.js").isProblem(404, "route-not-found");
  }
}
