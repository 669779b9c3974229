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
 * Creates the HTTP client of a worker process. Jobs share no cookies, credentials or connections,
 * and nothing of the environment, such as a proxy, is used.
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
        // Connections are not reused: bytes that a service sends after its answer would be read as
        // the
        // answer to the next request, which may belong to another job.
        .setConnectionReuseStrategy((_, _, _) -> false)
        .disableCookieManagement()
        .disableAuthCaching()
        // HttpExchange follows redirects, and HttpTask repeats attempts, by their own rules.
        .disableRedirectHandling()
        // A body whose coding is not the one in its header is still accepted as it is.
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
