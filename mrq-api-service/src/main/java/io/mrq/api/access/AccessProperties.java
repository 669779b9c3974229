package io.mrq.api.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code mrq.api.*}: who may use the API. Without users and keys it is open, and
 * listens on loopback addresses only.
 *
 * @param allowInsecure Whether the API may listen on addresses other than loopback, and answer to
 *     any host name, although neither users nor keys are configured.
 * @param openMetrics Whether {@code /actuator/prometheus} is answered without credentials.
 * @param users People, who log in with HTTP Basic: a list of name, password (plain, or {@code
 *     {bcrypt}} and a hash) and role (viewer, operator, admin; default viewer). Read at the start.
 * @param keys Services, which send an API key: a list of name, key (plain, or {@code {sha256}} and
 *     a hash) and role. Read at the start.
 */
@ConfigurationProperties("mrq.api")
public record AccessProperties(
    @DefaultValue("false") boolean allowInsecure,
    @DefaultValue("false") boolean openMetrics,
    @DefaultValue List<User> users,
    @DefaultValue List<Key> keys) {

  /**
   * One person.
   *
   * @param name without a colon
   * @param password plain (from a secret), or {@code {bcrypt}} and a bcrypt hash
   * @param role what the person may do; default viewer
   */
  public record User(
      @Nullable String name, @Nullable String password, @DefaultValue("viewer") Role role) {
    @Override
    public String toString() {
      return "User[name=%s, role=%s]".formatted(name, role);
    }
  }

  /**
   * One service.
   *
   * @param name for the audit log
   * @param key the secret itself, at least 32 random characters (from a secret), or {@code
   *     {sha256}} and the SHA-256 of it in hex digits
   * @param role what the service may do; default viewer
   */
  public record Key(
      @Nullable String name, @Nullable String key, @DefaultValue("viewer") Role role) {
    @Override
    public String toString() {
      return "Key[name=%s, role=%s]".formatted(name, role);
    }
  }
}
