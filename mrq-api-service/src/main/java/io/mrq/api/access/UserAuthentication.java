package io.mrq.api.access;

import io.mrq.api.access.LoginThrottle.Guesser;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * Authenticates the configured users by name and password. An unknown name takes as long to refuse
 * as a known one.
 */
final class UserAuthentication implements AuthenticationProvider {
  private final Accounts accounts;
  private final Password unknown;
  private final LoginThrottle throttle;

  UserAuthentication(Accounts accounts, LoginThrottle throttle) {
    this.accounts = accounts;
    this.unknown = accounts.unknown();
    this.throttle = throttle;
  }

  @Override
  public Authentication authenticate(Authentication given) {
    Guesser guesser = new Guesser(address(given), given.getName());
    Duration wait = throttle.wait(guesser);
    if (wait.isPositive()) {
      throw new TooManyGuessesException(wait);
    }
    Optional<Accounts.User> user = accounts.user(given.getName());
    Password password = user.map(Accounts.User::password).orElse(unknown);
    boolean right = password.matches(String.valueOf(given.getCredentials()));
    if (!right || user.isEmpty()) {
      throttle.wrong(guesser);
      throw new BadCredentialsException("The user name or the password is wrong");
    }
    throttle.right(guesser);
    return user.get().caller().authentication();
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }

  private static String address(Authentication given) {
    return given.getDetails() instanceof WebAuthenticationDetails details
        ? String.valueOf(details.getRemoteAddress())
        : "";
  }
}
