package io.mrq.api.access;

import io.mrq.store.StoreUnavailableException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;

/**
 * Authenticates services by their API keys: those of the configuration, which also work while
 * MongoDB does not answer, and those that admins issued.
 */
final class ApiKeyAuthentication implements AuthenticationManager {
  private final Accounts accounts;
  private final StoredKeys stored;

  ApiKeyAuthentication(Accounts accounts, StoredKeys stored) {
    this.accounts = accounts;
    this.stored = stored;
  }

  @Override
  public Authentication authenticate(Authentication given) {
    String secret = String.valueOf(given.getCredentials());
    try {
      return accounts
          .holder(secret)
          .or(() -> stored.holder(secret))
          .orElseThrow(() -> new BadCredentialsException("The API key is wrong"))
          .authentication();
    } catch (StoreUnavailableException e) {
      throw new AuthenticationServiceException("The API key cannot be looked up", e);
    }
  }
}
