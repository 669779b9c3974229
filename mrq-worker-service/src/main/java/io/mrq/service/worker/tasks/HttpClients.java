package io.mrq.service.worker.tasks;

import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes the one client of a worker process. Nothing passes from one job to the next: no cookies, no
 * credentials, no connections; and nothing of the environment, such as proxies, is used.
 */
final class HttpClients {
  private static final int MAX_HEADER_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 200;

  private HttpClients() {}

  static CloseableHttpClient create(HttpTaskProperties properties, AddressGuard addresses) {
    return HttpClientBuilder.create()
        .setConnectionManager(connections(properties, addresses))
        .setRoutePlanner(new DefaultRoutePlanner(null))
        .setUserAgent("mrq/" + version())
        // What a service sends beyond its answer, now or later, would be read as the answer to the
        // next request on the same connection, which may be another job's.
        .setConnectionReuseStrategy((_, _, _) -> false)
        .disableCookieManagement()
        .disableAuthCaching()
        // Redirects are followed, and attempts repeated, where their rules are: not in here.
        .disableRedirectHandling()
        // A body that is not coded as it says is a body all the same.
        .disableContentCompression()
        .disableAutomaticRetries()
        .build();
  }

  private static PoolingHttpClientConnectionManager connections(
      HttpTaskProperties properties, AddressGuard addresses) {
    Http1Config http =
        Http1Config.custom()
            .setMaxLineLength(MAX_HEADER_LINE)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(addresses)
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(http).build())
        .setMaxConnTotal(properties.maxConnections())
        .setMaxConnPerRoute(properties.maxConnections())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(properties.connectTimeout()))
                .build())
        .build();
  }

  private static String version() {
    String version = HttpClients.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
