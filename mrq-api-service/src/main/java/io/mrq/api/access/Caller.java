package io.mrq.api.access;

import java.security.Principal;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Somebody whose credentials are right.
 *
 * @param name a user's name, or {@code key:} and a key's; since no user's name holds a colon,
 *     nobody can pass for somebody else in the audit log
 * @param role what the caller may do
 */
record Caller(String name, Role role) implements Principal {
  @Override
  public String getName() {
    return name;
  }

  /** The user of this name. */
  static Caller user(String name, Role role) {
    return new Caller(name, role);
  }

  /** Whoever holds the API key of this name. */
  static Caller key(String name, Role role) {
    return new Caller("key:" + name, role);
  }

  /** As Spring Security wants it, without any credentials. */
  Authentication authentication() {
    return UsernamePasswordAuthenticationToken.authenticated(this, null, role.authorities());
  }
}
