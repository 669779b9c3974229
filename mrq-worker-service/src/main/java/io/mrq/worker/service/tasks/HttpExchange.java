package io.mrq.worker.service.tasks;

import io.mrq.worker.service.tasks.HttpTaskException.BadService;
import io.mrq.worker.service.tasks.HttpTaskException.RedirectRefused;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;

/**
 * Performs calls: sends, follows redirects, and reads the answer within the limits of size and
 * time.
 *
 * <p>An exchange runs on a virtual thread of its own, and the job waits for it. So time-out and
 * interrupt act at once in every state of an exchange, waiting for a free connection, connecting or
 * reading: its thread is interrupted, which closes its socket, and is not waited for.
 */
final class HttpExchange implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;

  private final CloseableHttpClient client;
  private final AddressGuard addresses;
  private final int maxResponseBytes;

  HttpExchange(HttpTaskProperties properties, AddressGuard addresses) {
    this.client = HttpClients.create(properties, addresses);
    this.addresses = addresses;
    this.maxResponseBytes = Math.toIntExact(properties.maxResponseSize().toBytes());
  }

  /**
   * Performs one call.
   *
   * @param call what to send
   * @param workers headers that the worker adds; they win over the job's
   * @throws IOException when there was no whole answer; another attempt may help
   * @throws HttpTaskException when another attempt would not help
   * @throws InterruptedException when the calling thread was interrupted
   */
  HttpAnswer perform(HttpCall call, List<Header> workers) throws IOException, InterruptedException {
    FutureTask<HttpAnswer> exchange = new FutureTask<>(() -> follow(call, workers));
    Thread.ofVirtual().name("mrq-http").start(exchange);
    try {
      return exchange.get(call.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      throw new SocketTimeoutException(
          "no complete answer within %s".formatted(readable(call.timeout())));
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      exchange.cancel(true);
    }
  }

  private HttpAnswer follow(HttpCall call, List<Header> workers) throws IOException {
    HttpUrl url = call.url();
    boolean sameOrigin = true;
    for (int redirects = 0; ; redirects++) {
      HttpUriRequestBase request = request(call, url, sameOrigin, workers);
      HttpHost host = new HttpHost(url.scheme(), url.authority());
      ClassicHttpResponse response = client.executeOpen(host, request, HttpClientContext.create());
      try {
        Header location = response.getFirstHeader(HttpHeaders.LOCATION);
        if (location == null || !call.follows(response.getCode())) {
          return answer(call, response);
        }
        if (redirects == MAX_REDIRECTS) {
          throw new RedirectRefused("more than %d redirects".formatted(MAX_REDIRECTS));
        }
        HttpUrl next = next(url, location.getValue());
        sameOrigin = sameOrigin && url.sameOrigin(next);
        url = next;
      } finally {
        end(request, response);
      }
    }
  }

  /**
   * Ends the connection when its answer was not read to its end: merely closing the response would
   * read all the rest first. After a whole answer the connection is already back in the pool.
   */
  private static void end(HttpUriRequestBase request, ClassicHttpResponse response) {
    request.abort();
    Closer.closeQuietly(response);
  }

  private static HttpUriRequestBase request(
      HttpCall call, HttpUrl url, boolean sameOrigin, List<Header> workers) {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), url.uri());
    Timeout timeout = Timeout.of(call.timeout());
    request.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(timeout)
            .setResponseTimeout(timeout)
            .setProtocolUpgradeEnabled(false)
            .setAuthenticationEnabled(false)
            .build());
    for (Header header : call.headers()) {
      // A key may be in a header of any name, so to another origin only harmless ones go along.
      if (sameOrigin || isHarmless(header)) {
        request.addHeader(header);
      }
    }
    workers.forEach(request::setHeader);
    request.setEntity(call.body());
    return request;
  }

  private static boolean isHarmless(Header header) {
    return switch (header.getName().toLowerCase(Locale.ROOT)) {
      case "accept", "accept-language", "accept-encoding", "user-agent" -> true;
      default -> false;
    };
  }

  private static HttpUrl next(HttpUrl from, String location) {
    try {
      return from.resolve(location);
    } catch (IllegalArgumentException e) {
      throw new RedirectRefused(
          "%s redirects to a place that %s".formatted(from.shown(), e.getMessage()));
    }
  }

  private HttpAnswer answer(HttpCall call, ClassicHttpResponse response) throws IOException {
    int status = response.getCode();
    ResponseBody body =
        call.expect().includes(status)
            ? ResponseBody.whole(response.getEntity(), maxResponseBytes)
            : ResponseBody.excerpt(response.getEntity());
    return new HttpAnswer(status, List.of(response.getHeaders()), body);
  }

  /** What the exchange's thread threw, for the caller's. Another attempt heals no certificate. */
  private static IOException unwrapped(ExecutionException thrown) {
    return switch (thrown.getCause()) {
      case ClientProtocolException e ->
          throw new BadService("the service does not speak HTTP/1.1: " + e.getMessage(), e);
      case MessageConstraintException e ->
          throw new BadService("the service sends too many or too long headers", e);
      case IOException e when isUntrusted(e) ->
          throw new BadService("the service's certificate is not trusted", e);
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(thrown);
    };
  }

  private static boolean isUntrusted(IOException thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof GeneralSecurityException
          || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }

  private static String readable(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() throws IOException {
    client.close();
    addresses.close();
  }
}
