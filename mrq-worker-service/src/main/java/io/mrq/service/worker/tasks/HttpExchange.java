package io.mrq.service.worker.tasks;

import io.mrq.service.worker.tasks.HttpTaskException.BadService;
import io.mrq.service.worker.tasks.HttpTaskException.RedirectRefused;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
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
 * Performs calls: sends the request, follows redirects, and reads the answer within the limits of
 * size and time.
 *
 * <p>Each exchange runs on its own virtual thread, and the job waits for it. A timeout or an
 * interrupt therefore takes effect at once, whether the exchange is waiting for a free connection,
 * connecting or reading: its thread is interrupted, which closes the socket, and the job does not
 * wait for that thread.
 */
final class HttpExchange implements AutoCloseable {
  private static final int MAX_REDIRECTS = 5;

  /**
   * Scheme, host and target of a request are set separately, since not all fit into a {@link URI}.
   */
  private static final URI NO_URI = URI.create("/");

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
   * @param workers headers that the worker adds; they override those of the job
   * @throws NoAnswer when there was no complete answer; another attempt may help
   * @throws HttpTaskException when another attempt would not help
   * @throws InterruptedException when the calling thread was interrupted
   */
  HttpAnswer perform(HttpCall call, List<Header> workers) throws NoAnswer, InterruptedException {
    FutureTask<HttpAnswer> exchange = new FutureTask<>(() -> follow(call, workers));
    Thread.ofVirtual().name("mrq-http").start(exchange);
    try {
      return exchange.get(call.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException _) {
      String late = "no complete answer within %s".formatted(readable(call.timeout()));
      throw new NoAnswer(call, call.url(), new SocketTimeoutException(late));
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } finally {
      exchange.cancel(true);
    }
  }

  private HttpAnswer follow(HttpCall call, List<Header> workers) throws NoAnswer {
    HttpUrl url = call.url();
    boolean sameOrigin = true;
    for (int redirects = 0; ; redirects++) {
      try {
        switch (step(call, url, request(call, url, sameOrigin, workers))) {
          case Step.Answered(HttpAnswer answer) -> {
            return answer;
          }
          case Step.Redirected(HttpUrl next) -> {
            if (redirects == MAX_REDIRECTS) {
              throw new RedirectRefused("more than %d redirects".formatted(MAX_REDIRECTS));
            }
            sameOrigin = sameOrigin && url.sameOrigin(next);
            url = next;
          }
        }
      } catch (HttpTaskException e) {
        throw e.at(url);
      } catch (IOException e) {
        throw failed(call, url, e);
      }
    }
  }

  private Step step(HttpCall call, HttpUrl url, HttpUriRequestBase request) throws IOException {
    HttpHost host = new HttpHost(url.scheme(), url.authority());
    ClassicHttpResponse response = client.executeOpen(host, request, HttpClientContext.create());
    try {
      Header location = response.getFirstHeader(HttpHeaders.LOCATION);
      return location == null || !call.follows(response.getCode())
          ? new Step.Answered(answer(call, url, response))
          : new Step.Redirected(next(url, location.getValue()));
    } finally {
      end(request, response);
    }
  }

  /**
   * Closes the connection, because closing only the response would first read all the rest of it.
   */
  private static void end(HttpUriRequestBase request, ClassicHttpResponse response) {
    request.abort();
    Closer.closeQuietly(response);
  }

  private static HttpUriRequestBase request(
      HttpCall call, HttpUrl url, boolean sameOrigin, List<Header> workers) {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), NO_URI);
    request.setScheme(url.scheme());
    request.setAuthority(url.authority());
    request.setPath(url.target());
    // The waiting job times out first, with a message that names the timeout.
    Timeout timeout = Timeout.of(call.timeout().plusSeconds(5));
    request.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(timeout)
            .setResponseTimeout(timeout)
            .setProtocolUpgradeEnabled(false)
            .setAuthenticationEnabled(false)
            .build());
    request.setHeader(HttpHeaders.CONNECTION, "close");
    for (Header header : call.headers()) {
      // Any header may contain a secret, so only harmless ones are sent to another origin.
      if (sameOrigin || isHarmless(header)) {
        request.addHeader(header);
      }
    }
    if (!request.containsHeader(HttpHeaders.ACCEPT_ENCODING)) {
      request.setHeader(HttpHeaders.ACCEPT_ENCODING, ContentCodings.ACCEPTED);
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
          "%s redirects to an address that %s".formatted(from.shown(), e.getMessage()));
    }
  }

  private HttpAnswer answer(HttpCall call, HttpUrl url, ClassicHttpResponse response)
      throws IOException {
    int status = response.getCode();
    ResponseBody body =
        call.expect().includes(status)
            ? ResponseBody.whole(response, maxResponseBytes)
            : ResponseBody.excerpt(response);
    if (body.decoded()) {
      response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
      response.removeHeaders(HttpHeaders.CONTENT_LENGTH);
    }
    return new HttpAnswer(url, status, List.of(response.getHeaders()), body);
  }

  /** The exception for a failed exchange. An untrusted certificate is not retried. */
  private static NoAnswer failed(HttpCall call, HttpUrl url, IOException thrown) {
    return switch (thrown) {
      case ClientProtocolException e ->
          throw new BadService("the service does not speak HTTP/1.1: " + e.getMessage(), e).at(url);
      case MessageConstraintException e ->
          throw new BadService("the service sends too many or too long headers", e).at(url);
      case IOException e when isUntrusted(e) ->
          throw new BadService("the service's certificate is not trusted", e).at(url);
      case IOException e -> new NoAnswer(call, url, e);
    };
  }

  /** The exception of the exchange's thread, for the thread of the caller. */
  private static NoAnswer unwrapped(ExecutionException thrown) {
    return switch (thrown.getCause()) {
      case NoAnswer e -> e;
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

  /** The result of one request. */
  private sealed interface Step {
    record Answered(HttpAnswer answer) implements Step {}

    record Redirected(HttpUrl next) implements Step {}
  }
}
