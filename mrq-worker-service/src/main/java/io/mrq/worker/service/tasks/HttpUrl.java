package io.mrq.worker.service.tasks;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.apache.hc.core5.net.URIAuthority;

/**
 * An absolute http or https address, without credentials.
 *
 * @param uri escaped, so that it can be sent as it is
 * @param authority host and port; more lenient than {@link URI}, which knows no host names with an
 *     underscore, as container networks have them
 */
record HttpUrl(URI uri, URIAuthority authority) {

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException with what is wrong, never with the address, which may hold
   *     secrets
   */
  static HttpUrl parse(String text) {
    return of(uri(text));
  }

  /** The address that a redirect from here leads to; throws as {@link #parse} does. */
  HttpUrl resolve(String location) {
    return of(uri.resolve(uri(location)));
  }

  /** Whether both name the same scheme, host and port. */
  boolean sameOrigin(HttpUrl other) {
    return scheme().equals(other.scheme())
        && authority.getHostName().equalsIgnoreCase(other.authority.getHostName())
        && port() == other.port();
  }

  String scheme() {
    return uri.getScheme().toLowerCase(Locale.ROOT);
  }

  /** For messages: whatever may be a secret is left out, which is the query. */
  String shown() {
    String query = uri.getRawQuery() == null ? "" : "?…";
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return "%s://%s%s%s".formatted(scheme(), authority, path, query);
  }

  @Override
  public String toString() {
    return shown();
  }

  private int port() {
    if (authority.getPort() >= 0) {
      return authority.getPort();
    }
    return scheme().equals("https") ? 443 : 80;
  }

  private static HttpUrl of(URI uri) {
    String scheme = uri.getScheme();
    if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
      throw new IllegalArgumentException("must start with http:// or https://");
    }
    return new HttpUrl(uri, authority(uri));
  }

  private static URI uri(String text) {
    try {
      return new URI(new URI(text.strip()).toASCIIString());
    } catch (URISyntaxException _) {
      throw new IllegalArgumentException("is not a URL; escape special characters as %20");
    }
  }

  private static URIAuthority authority(URI uri) {
    String raw = uri.getRawAuthority();
    if (raw == null) {
      throw new IllegalArgumentException("has no host");
    }
    if (raw.indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "must hold no user and password; send the header Authorization instead");
    }
    try {
      URIAuthority authority = URIAuthority.create(raw);
      if (authority == null || authority.getHostName().isBlank() || authority.getPort() == 0) {
        throw new IllegalArgumentException("has no host, or the port 0");
      }
      return authority;
    } catch (URISyntaxException | IllegalArgumentException _) {
      throw new IllegalArgumentException("has a host or a port that is none");
    }
  }
}
