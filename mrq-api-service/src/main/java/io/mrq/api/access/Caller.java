package io.mrq.api.access;

import java.security.Principal;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * An authenticated user or service.
 *
 * @param name the name of a user, or {@code key:} and the name of a key. User names contain no
 *     colon, so a user cannot be mistaken for a key in the audit log
 * @param role what the caller may do
 */
record Caller(String name, Role role) implements Principal {
  @Override
  public String getName() {
    return name;
  }

  static Caller user(String name, Role role) {
    return new Caller(name, role);
  }

  static Caller key(String name, Role role) {
    return new Caller("key:" + name, role);
  }

  /** The form that Spring Security needs, without credentials. */
  Authentication authentication() {
    return UsernamePasswordAuthenticationToken.authenticated(this, null, role.authorities());
  }
}
