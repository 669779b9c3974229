package io.mrq.api.access;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

/** What a caller may do. Each role includes the roles before it. */
public enum Role {
  /** May read everything and change nothing. */
  VIEWER,
  /** May also enqueue, cancel, requeue, pause, resume and drain. */
  OPERATOR,
  /** May also issue, list and revoke API keys. */
  ADMIN;

  /** The name in JSON and in properties, such as {@code viewer}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role with this name, or nothing. */
  public static Optional<Role> named(String text) {
    return Arrays.stream(values()).filter(role -> role.text().equals(text)).findFirst();
  }

  /** The highest role of a caller; empty for an unknown caller. */
  public static Optional<Role> of(Authentication caller) {
    return Arrays.stream(values())
        .filter(role -> role.isHeldBy(caller))
        .max(Comparator.naturalOrder());
  }

  /** Whether a caller has this role or a higher one. */
  boolean isHeldBy(Authentication caller) {
    return caller.isAuthenticated()
        && AuthorityUtils.authorityListToSet(caller.getAuthorities()).contains(authority());
  }

  /** This role and all lower ones, in the form that Spring Security needs. */
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
