package io.mrq.api.access;

import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * The result of a check for a role.
 *
 * @param role the lowest role that is enough
 * @param isGranted whether the caller has it
 */
record RoleNeeded(Role role, boolean isGranted) implements AuthorizationResult {
  /** Grants access to callers with this role or a higher one. */
  static AuthorizationManager<RequestAuthorizationContext> atLeast(Role role) {
    return (caller, _) -> new RoleNeeded(role, role.isHeldBy(caller.get()));
  }
}
