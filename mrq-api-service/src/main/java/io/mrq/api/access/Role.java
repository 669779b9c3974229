package io.mrq.api.access;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** What somebody may do; each role may also do what those before it may. */
public enum Role {
  /** Looks at everything, and changes nothing. */
  VIEWER,
  /** Also enqueues, cancels, requeues, pauses, resumes and drains. */
  OPERATOR,
  /** Also makes, lists and revokes API keys. */
  ADMIN;

  /** The name in JSON and in properties, such as {@code viewer}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of this name.
   *
   * @return empty when there is none
   */
  public static Optional<Role> named(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }

  /** The largest role that somebody has; empty for a stranger. */
  public static Optional<Role> of(Authentication somebody) {
    return Arrays.stream(values())
        .filter(role -> role.isHeldBy(somebody))
        .max(Comparator.naturalOrder());
  }

  /** Whether somebody has this role or a larger one. */
  boolean isHeldBy(Authentication somebody) {
    return somebody.isAuthenticated()
        && AuthorityUtils.authorityListToSet(somebody.getAuthorities()).contains(authority());
  }

  /** This role and all below it, as Spring Security wants them. */
  List<GrantedAuthority> authorities() {
    return AuthorityUtils.createAuthorityList(
        Arrays.stream(values())
            .filter(role -> role.compareTo(this) <= 0)
            .map(Role::authority)
            .toArray(String[]::new));
  }

  private String authority() {
    return "ROLE_" + name();
  }
}
