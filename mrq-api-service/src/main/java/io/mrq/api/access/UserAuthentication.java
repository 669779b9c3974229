package io.mrq.api.access;

import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Knows the configured users by name and password (AUTH-01). */
final class UserAuthentication implements AuthenticationProvider {
  private final Accounts accounts;
  private final Password nobodys;

  UserAuthentication(Accounts accounts) {
    this.accounts = accounts;
    this.nobodys = accounts.nobodys();
  }

  @Override
  public Authentication authenticate(Authentication given) {
    Optional<Accounts.User> user = accounts.user(given.getName());
    Password password = user.map(Accounts.User::password).orElse(nobodys);
    boolean right = password.matches(String.valueOf(given.getCredentials()));
    if (!right || user.isEmpty()) {
      throw new BadCredentialsException("The user name or the password is wrong");
    }
    return user.get().caller().authentication();
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
