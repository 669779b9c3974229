package io.mrq.api.access;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;

/** Knows services by their API keys. */
final class ApiKeyAuthentication implements AuthenticationManager {
  private final Accounts accounts;

  ApiKeyAuthentication(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Authentication authenticate(Authentication given) {
    return accounts
        .holder(String.valueOf(given.getCredentials()))
        .orElseThrow(() -> new BadCredentialsException("The API key is wrong"))
        .authentication();
  }
}
