package io.mrq.service.worker.tasks;

import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https address without credentials. The {@code url} of a job and the target of
 * a redirect are read by the same rules, those of {@link UrlReference}.
 *
 * @param scheme {@code http} or {@code https}
 * @param authority host and port
 * @param path absolute, escaped, without dot segments
 * @param query escaped, without its question mark; null when there is none
 */
record HttpUrl(String scheme, URIAuthority authority, String path, @Nullable String query) {
  /** Allows underscores, which names in container networks contain. */
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+,;=-]+)(:[0-9]*)?");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with the error, never with the address, which may contain
   *     secrets
   */
  static HttpUrl parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    UrlReference absolute = UrlReference.of(new String(bytes, StandardCharsets.ISO_8859_1));
    return of(absolute.scheme(), absolute);
  }

  /**
   * The address that a redirect from here leads to; throws as {@link #parse} does.
   *
   * @param location as received by HTTP, one character for each byte
   */
  HttpUrl resolve(String location) {
    UrlReference reference = UrlReference.of(location);
    if (reference.scheme() != null || reference.authority() != null) {
      return of(reference.scheme() == null ? scheme : reference.scheme(), reference);
    }
    boolean same = reference.path().isEmpty() && reference.query() == null;
    return new HttpUrl(
        scheme, authority, reference.pathFrom(path), same ? query : reference.query());
  }

  /** Path and query for the request line. */
  String target() {
    return query == null ? path : path + "?" + query;
  }

  /** The host, with the port if there is one, which identifies the service. */
  String service() {
    return authority.toString().toLowerCase(Locale.ROOT);
  }

  /** Whether both have the same scheme, host and port. */
  boolean sameOrigin(HttpUrl other) {
    return scheme.equals(other.scheme)
        && authority.getHostName().equalsIgnoreCase(other.authority.getHostName())
        && port() == other.port();
  }

  /** The address for messages, without the query, which may contain secrets. */
  String shown() {
    return "%s://%s%s%s".formatted(scheme, authority, path, query == null ? "" : "?…");
  }

  @Override
  public String toString() {
    return shown();
  }

  private int port() {
    if (authority.getPort() >= 0) {
      return authority.getPort();
    }
    return scheme.equals("https") ? 443 : 80;
  }

  private static HttpUrl of(@Nullable String scheme, UrlReference reference) {
    if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
      throw new IllegalArgumentException("must start with http:// or https://");
    }
    return new HttpUrl(
        scheme.toLowerCase(Locale.ROOT),
        authority(reference.authority()),
        reference.pathFrom("/"),
        reference.query());
  }

  private static URIAuthority authority(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      throw new IllegalArgumentException("has no host");
    }
    if (raw.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "must not contain a user and password; send the header Authorization instead");
    }
    if (!HOST_AND_PORT.matcher(raw).matches()) {
      throw new IllegalArgumentException(
          "has an invalid host or port; a host with letters beyond ASCII must be written in its xn-- form");
    }
    URIAuthority authority = created(raw);
    if (authority.getPort() == 0) {
      throw new IllegalArgumentException("has the port 0");
    }
    return authority;
  }

  private static URIAuthority created(String raw) {
    try {
      return URIAuthority.create(raw);
    } catch (URISyntaxException | IllegalArgumentException _) {
      throw new IllegalArgumentException("has an invalid host or port");
    }
  }
}
